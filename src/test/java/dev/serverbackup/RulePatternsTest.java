package dev.serverbackup;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serverbackup.local.dynamodb.TemplateSection;
import dev.serverbackup.notification.Notification;
import dev.serverbackup.notification.Notification.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.event.ruler.Ruler;

/** Which events the deployed rule and the ones in docs/notifications choose, as EventBridge's own matcher says. */
class RulePatternsTest {
    private static final String REQUESTS = requestPattern();

    private static String requestPattern() {
        TemplateSection rule = TemplateSection.read(Path.of("template.yaml"))
                .section("Resources")
                .section("BackupFunction")
                .section("Properties")
                .section("Events")
                .section("Request");
        return json(rule.section("Properties").section("Pattern").values())
                .replace("{\"Ref\":\"AWS::StackName\"}", "\"server-backup\"");
    }

    private static String json(Object value) {
        try {
            return new ObjectMapper().writeValueAsString(value);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static boolean matches(Path event, String pattern) throws Exception {
        return Ruler.matchesRule(Files.readString(event), pattern);
    }

    @ParameterizedTest
    @CsvSource({
        "on-demand, true",
        "scheduler, true",
        "scheduled, false",
        "direct, false",
        "by-name, false",
        "dry-run, false"
    })
    void a_request_on_the_bus_and_nothing_else_runs_the_function(String event, boolean runs) throws Exception {
        assertThat(matches(Path.of("events", event + ".json"), REQUESTS)).isEqualTo(runs);
    }

    @Test
    void a_request_that_names_a_stack_runs_the_function_of_that_stack_alone() throws Exception {
        assertThat(Ruler.matchesRule(requestTo("server-backup"), REQUESTS)).isTrue();
        assertThat(Ruler.matchesRule(requestTo("server-backup-test"), REQUESTS)).isFalse();
    }

    private static String requestTo(String stack) {
        return """
            {"detail-type": "Server Backup Requested", "source": "acme.release-pipeline",
             "detail": {"requestId": "release-4711", "stack": "%s", "selector": {"all": true}}}\
            """.formatted(stack);
    }

    @ParameterizedTest
    @EnumSource
    void no_kind_of_notification_runs_the_function(Kind kind) throws Exception {
        String event = json(NotificationSchemas.event(new Notification("n", kind, new TreeMap<>())));

        assertThat(Ruler.matchesRule(event, REQUESTS)).isFalse();
    }

    @Test
    void the_rules_of_the_documentation_choose_what_they_say() throws Exception {
        List<String> rules = DocumentPage.read("docs/notifications/README.md").json().stream()
                .map(JsonNode::toString)
                .toList();

        assertThat(rules).hasSize(2);
        assertThat(chosenBy(rules.getFirst())).containsExactly("server-backup-finished-failed.json");
        assertThat(chosenBy(rules.getLast().replace("server-backup-schedule@", "release-")))
                .containsExactly("server-backup-run-finished-failed.json");
        assertThat(chosenBy(rules.getLast())).isEmpty();
    }

    private static Stream<String> chosenBy(String rule) throws Exception {
        List<Path> samples = NotificationSchemas.samples().toList();
        Stream.Builder<String> chosen = Stream.builder();
        for (Path sample : samples) {
            if (matches(sample, rule)) {
                chosen.add(sample.getFileName().toString());
            }
        }
        return chosen.build();
    }
}
