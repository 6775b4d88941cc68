package dev.serverbackup.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The forms of server names and run ids, and what a request as a whole must fulfil. */
class NamesTest {
    private static final TagSelector ALL = SelectorReader.fromJson("{\"all\": true}");

    @ParameterizedTest
    @ValueSource(strings = {"a", "Z", "chef-automate-prod-1", "a-", "a234567890123456789012345678901234567890"})
    void a_server_name_begins_with_a_letter(String name) {
        assertThat(ServerName.parse(name)).contains(new ServerName(name));
        assertThat(new ServerName(name)).hasToString(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "1a", "-a", "a_b", "a.b", "a b", "ä", "a\n", "a2345678901234567890123456789012345678901"})
    void anything_else_is_no_server_name(String text) {
        assertThat(ServerName.parse(text)).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> new ServerName(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a/b", "a\n", "ä"})
    void a_run_id_has_a_form(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> new RunId(text));
    }

    @Test
    void a_run_id_has_at_most_100_characters() {
        assertThat(new RunId("x".repeat(100)).value()).hasSize(100);
        assertThatIllegalArgumentException().isThrownBy(() -> new RunId("x".repeat(101)));
    }

    @Test
    void no_caller_can_name_the_run_of_a_schedule() {
        String ofSchedule = RunId.ofSchedule("nightly", Instant.parse("2026-11-22T02:00:00Z"))
                .value();

        assertThat(RunId.isRequestId(ofSchedule)).isFalse();
        assertThat(RunId.ofEvent(ofSchedule)).isEmpty();
    }

    @Test
    void a_request_is_within_the_limits_of_its_run() {
        assertThat(request("", 1)).isNotNull();
        assertThat(request("x".repeat(9_992), 4_000).backupDescription()).hasSize(10_000);
        assertThatIllegalArgumentException().isThrownBy(() -> request("x".repeat(9_993), 1));
        assertThatIllegalArgumentException().isThrownBy(() -> request("", 0));
        assertThatIllegalArgumentException().isThrownBy(() -> request("", 4_001));
    }

    private static BackupRequest request(String description, int maxTargets) {
        RequestedBy direct = new RequestedBy("direct", Optional.empty(), Optional.empty());
        return new BackupRequest(new RunId("a"), ALL, description, false, maxTargets, Optional.empty(), direct, "{}");
    }
}
