package dev.serverbackup.request;

import static dev.serverbackup.request.SampleEvents.readDetail;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** Two stacks of one account share the bus, and a direct invocation may reach the wrong one. */
class StackTest {
    @Test
    void a_request_may_name_its_stack_and_is_the_same_request() {
        BackupRequest named = readDetail("{\"selector\": {\"all\": true}, \"stack\": \"server-backup\"}");

        assertThat(named.hash())
                .isEqualTo(readDetail("{\"selector\": {\"all\": true}}").hash());
    }

    @Test
    void a_request_for_another_stack_is_refused() {
        assertThatThrownBy(() -> readDetail("{\"selector\": {\"all\": true}, \"stack\": \"server-backup-test\"}"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("detail.stack: is \"server-backup-test\", but this is the stack \"server-backup\"; send the"
                        + " request to that stack, or leave `stack` out");
    }
}
