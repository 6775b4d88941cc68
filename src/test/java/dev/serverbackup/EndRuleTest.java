package dev.serverbackup;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.serverbackup.local.EventFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.event.ruler.Ruler;

/** Which events let the follow-up look at a server, as EventBridge's own matcher says. */
class EndRuleTest {
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

    @ParameterizedTest
    @CsvSource({
        "server-backup-backup-0123456789ab, Success",
        "server-backup-backup-0123456789ab, Failed",
        "server-backup-backup-ba9876543210, TimedOut",
        "server-backup-backup-ba9876543210, Cancelled",
        "server-backup-backup-0123456789ab, AWordThatIsNew"
    })
    void the_end_of_a_backup_by_a_document_of_any_content_starts_a_pass(String document, String status)
            throws Exception {
        assertThat(Ruler.matchesRule(ENDED.formatted(document, status), PATTERN))
                .isTrue();
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

    @Test
    void the_code_takes_what_the_rule_chooses_for_an_end() throws Exception {
        JsonNode pattern = new ObjectMapper().readTree(PATTERN);

        assertThat(pattern.get("source")).containsExactly(new TextNode(CommandEnd.SOURCE));
        assertThat(pattern.get("detail-type")).containsExactly(new TextNode(CommandEnd.DETAIL_TYPE));
        assertThat(CommandEnd.server(EventFile.parse(ENDED.formatted("server-backup-backup-0123456789ab", "Success"))))
                .isPresent();
    }
}
