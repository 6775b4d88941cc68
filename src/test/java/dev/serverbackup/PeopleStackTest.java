package dev.serverbackup;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import dev.serverbackup.PeopleStack.Delivery;
import dev.serverbackup.notification.NotificationText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code deploy/notifications.yaml} sends to whom, and that the receivers take it. */
class PeopleStackTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern BLOCK = Pattern.compile("```(?:json|text)\n(.*?)\n```", Pattern.DOTALL);
    private static final PeopleStack FULL = PeopleStack.inFull(Map.of("NotifySuccesses", "true"));
    private static final JsonNode PARTLY_FAILED = sample("run-finished-failed");

    private static JsonNode sample(String name) {
        return NotificationSchemas.read(Path.of("docs/notifications/server-backup-" + name + ".json"));
    }

    /** The samples, and one of the worst that may be in a message. */
    static Stream<JsonNode> events() {
        return Stream.concat(NotificationSchemas.samples().map(NotificationSchemas::read), Stream.of(nasty()));
    }

    private static JsonNode nasty() {
        String text =
                "ü \"quoted\" \\ back\r\n\u0000<!channel> & <b> [x](https://example.com) \ud83d\ude00 \ud800 <l9> $1 ";
        NotificationText words = new NotificationText(text.repeat(50), Collections.nCopies(12, text.repeat(50)));
        TreeMap<String, Object> detail = new TreeMap<>();
        words.addWithLinesTo(detail);
        ObjectNode event = PARTLY_FAILED.deepCopy();
        ((ObjectNode) event.get("detail")).setAll((ObjectNode) JSON.valueToTree(detail));
        return event;
    }

    @ParameterizedTest
    @MethodSource("events")
    void each_receiver_gets_what_it_takes(JsonNode event) throws Exception {
        for (Delivery delivery : FULL.deliveries(event)) {
            if (!delivery.target().equals("Mail") && !delivery.target().equals("Heartbeat")) {
                String received = new String(delivery.body().getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
                assertThat(faults(delivery.target(), received)).isEmpty();
            }
        }
    }

    private static List<String> faults(String receiver, String body) throws IOException {
        String file = "receivers/%s.schema.json".formatted(receiver.toLowerCase(Locale.ROOT));
        try (InputStream schema = PeopleStackTest.class.getResourceAsStream(file)) {
            return JsonSchemaFactory.getInstance(VersionFlag.V202012)
                    .getSchema(schema)
                    .validate(JSON.readTree(body))
                    .stream()
                    .map(ValidationMessage::getMessage)
                    .toList();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "run-finished-failed, , , Mail Slack Teams PagerDuty",
        "run-finished-missed, , , Mail Slack Teams PagerDuty",
        "verification-failed, , , Mail Slack Teams PagerDuty",
        "finished, , , ''",
        "finished-failed, , , ''",
        "run-finished, , , Heartbeat",
        "run-finished, runId, schedule-2026-11-22T02:00:00Z, Heartbeat",
        "run-finished, runId, release-4711, ''",
        "digest, , , Mail Slack Teams PagerDuty",
        "digest, status, GOOD, Mail Slack Teams"
    })
    void what_is_bad_is_reported_everywhere_a_good_digest_wakes_nobody_and_a_good_run_of_the_schedule_is_a_heartbeat(
            String sample, String member, String value, String targets) {
        ObjectNode event = sample(sample).deepCopy();
        if (member != null) {
            ((ObjectNode) event.get("detail")).put(member, value);
        }

        assertThat(targets(PeopleStack.inFull(Map.of()), event)).isEqualTo(targets);
    }

    private static String targets(PeopleStack stack, JsonNode event) {
        return String.join(
                " ", stack.deliveries(event).stream().map(Delivery::target).toList());
    }

    @Test
    void successes_are_reported_to_all_but_the_pager_where_that_is_chosen() {
        assertThat(targets(FULL, sample("run-finished"))).isEqualTo("Mail Slack Teams Heartbeat");
    }

    @Test
    void of_another_stack_nothing_is_reported() {
        assertThat(targets(PeopleStack.inFull(Map.of("Application", "another")), PARTLY_FAILED))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "Mail, operations@example.com",
        "SlackWebhookUrl, https://hooks.slack.example/x",
        "TeamsWebhookUrl, https://teams.example/x",
        "PagerDutyRoutingKey, 0123456789abcdef0123456789abcdef"
    })
    void whoever_is_set_is_notified_and_no_other(String parameter, String value) {
        String target = parameter.replaceAll("WebhookUrl|RoutingKey", "");

        assertThat(targets(PeopleStack.with(Map.of(parameter, value)), PARTLY_FAILED))
                .isEqualTo(target);
    }

    @Test
    void without_a_receiver_nothing_is_deployed() {
        assertThat(PeopleStack.with(Map.of()).stack().resources().values()).isEmpty();
    }

    @Test
    void a_notification_that_is_sent_again_is_the_same_incident() throws IOException {
        assertThat(json(PARTLY_FAILED, "PagerDuty").get("dedup_key").textValue())
                .isEqualTo("release-4711");
    }

    @Test
    void the_page_shows_what_arrives() throws IOException {
        List<String> shown = BLOCK.matcher(Files.readString(Path.of("docs/notifications/people.md")))
                .results()
                .map((MatchResult block) -> block.group(1))
                .toList();

        assertThat(shown.get(0)).isEqualTo(body(PARTLY_FAILED, "Mail").replaceAll("(\n\"\")+$", ""));
        ArrayNode bodies = JSON.createArrayNode();
        for (String block : shown.subList(1, shown.size())) {
            bodies.add(JSON.readTree(block));
        }
        assertThat(bodies)
                .containsExactly(
                        json(PARTLY_FAILED, "Slack"), json(PARTLY_FAILED, "Teams"), json(PARTLY_FAILED, "PagerDuty"));
    }

    private static JsonNode json(JsonNode event, String target) throws IOException {
        return JSON.readTree(body(event, target));
    }

    private static String body(JsonNode event, String target) {
        return FULL.deliveries(event).stream()
                .filter(delivery -> delivery.target().equals(target))
                .findFirst()
                .orElseThrow()
                .body();
    }
}
