package dev.serverbackup;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.serverbackup.local.EventFile;
import dev.serverbackup.request.ServerName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.event.ruler.Ruler;

/** Which events let the follow-up look at a server, as EventBridge's own matcher and the code say. */
class CommandEndTest {
    /** Of the template's rule, for a stack of the name that it has here. */
    static final String PATTERN = pattern();

    private static final String ENDED = """
        {"source": "aws.ssm", "detail-type": "EC2 Command Invocation Status-change Notification", "detail": {
          "command-id": "1", "document-name": "%s", "instance-id": "i-0123456789abcdef0", "status": "%s"}}\
        """;

    private static String pattern() {
        Deployed stack = Deployed.on(Deployed.SYSTEMS_MANAGER);
        Object pattern = stack.properties("CommandEndedRule").values().get("EventPattern");
        try {
            String text = new JsonMapper().writeValueAsString(pattern);
            return stack.named(text.replaceAll("\\{\"Fn::Sub\":(\"[^\"]*\")}", "$1"));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static final String ID = "i-0123456789abcdef0";

    private static ScheduledEvent event(String source, String type, Map<String, Object> detail) {
        ScheduledEvent event = new ScheduledEvent();
        event.setSource(source);
        event.setDetailType(type);
        event.setDetail(detail);
        return event;
    }

    private static ScheduledEvent ended(Map<String, Object> detail) {
        return event(CommandEnd.SOURCE, CommandEnd.DETAIL_TYPE, detail);
    }

    @ParameterizedTest
    @ValueSource(strings = {ID, "mi-0123456789abcdef0"})
    void an_end_is_of_the_instance_that_the_event_names(String id) {
        assertThat(CommandEnd.server(ended(Map.of("instance-id", id, "status", "Success"))))
                .contains(new ServerName(id));
    }

    static Stream<ScheduledEvent> others() {
        Map<String, Object> instance = Map.of("instance-id", ID);
        return Stream.of(
                ended(Map.of()),
                ended(null),
                ended(Map.of("instance-id", 1)),
                ended(Map.of("instance-id", "an instance")),
                event(CommandEnd.SOURCE, "Scheduled Event", instance),
                event(CommandEnd.SOURCE, "EC2 Command Status-change Notification", instance),
                event("aws.events", CommandEnd.DETAIL_TYPE, instance),
                new ScheduledEvent(),
                null);
    }

    @ParameterizedTest
    @MethodSource("others")
    void what_names_no_instance_or_is_another_event_is_of_no_server(ScheduledEvent event) {
        assertThat(CommandEnd.server(event)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "server-backup-backup-0123456789ab, Success",
        "server-backup-backup-0123456789ab, Failed",
        "server-backup-backup-ba9876543210, TimedOut",
        "server-backup-backup-ba9876543210, Cancelled",
        "server-backup-backup-0123456789ab, AWordThatIsNew"
    })
    void the_end_of_a_backup_by_a_document_of_any_content_starts_a_pass_over_its_server(String document, String status)
            throws Exception {
        String event = ENDED.formatted(document, status);

        assertThat(Ruler.matchesRule(event, PATTERN)).isTrue();
        assertThat(CommandEnd.server(EventFile.parse(event))).contains(new ServerName(ID));
    }

    @ParameterizedTest
    @CsvSource({
        "server-backup-backup-0123456789ab, Pending",
        "server-backup-backup-0123456789ab, InProgress",
        "server-backup-backup-0123456789ab, Delayed",
        "server-backup-backup-0123456789ab, Cancelling",
        "server-backup-delete-0123456789ab, Success",
        "another-backup-0123456789ab, Success",
        "AWS-RunShellScript, Success"
    })
    void what_is_no_end_of_a_backup_of_this_stack_starts_none(String document, String status) throws Exception {
        assertThat(Ruler.matchesRule(ENDED.formatted(document, status), PATTERN))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"on-demand", "scheduled", "scheduler"})
    void what_runs_the_function_starts_no_pass(String event) throws Exception {
        assertThat(Ruler.matchesRule(Files.readString(Path.of("events", event + ".json")), PATTERN))
                .isFalse();
    }
}
