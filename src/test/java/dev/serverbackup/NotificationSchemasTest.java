package dev.serverbackup;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The samples in docs/notifications keep to the schemas beside them, and the schemas refuse all else. */
class NotificationSchemasTest {
    private static final Path FAILED = Path.of("docs/notifications/server-backup-finished-failed.json");

    static Stream<Path> samples() {
        return NotificationSchemas.samples();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void a_sample_keeps_to_its_schema(Path sample) {
        assertThat(NotificationSchemas.faultsOf(NotificationSchemas.read(sample)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"version", "notificationId", "runId", "serverName", "status", "attempts", "finishedAt", "error"})
    void a_failed_entry_s_notification_without_one_of_its_members_is_refused(String member) {
        assertThat(NotificationSchemas.faultsOf(changed(detail -> detail.remove(member))))
                .isNotEmpty();
    }

    @Test
    void a_success_with_an_error_is_refused() {
        assertThat(NotificationSchemas.faultsOf(changed(detail -> detail.put("status", "SUCCEEDED"))))
                .isNotEmpty();
    }

    @Test
    void a_member_that_is_not_described_is_found() {
        assertThat(NotificationSchemas.faultsOf(changed(detail -> detail.put("mood", "good"))))
                .containsExactly("mood is not described");
    }

    private static JsonNode changed(Consumer<ObjectNode> change) {
        JsonNode event = NotificationSchemas.read(FAILED);
        change.accept((ObjectNode) event.get("detail"));
        return event;
    }
}
