package dev.serverbackup;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import dev.serverbackup.local.dynamodb.TemplateSection;
import dev.serverbackup.request.BackupRequest;
import dev.serverbackup.request.EventReader;
import dev.serverbackup.request.RequestedBy;
import dev.serverbackup.request.SelectorReader;
import dev.serverbackup.request.TagSelector;
import dev.serverbackup.schedule.StackSchedule;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the schedules send, through the runtime's own serialiser, and what the run makes of it. */
class TemplateScheduleTest {
    private static final TemplateSection TEMPLATE = TemplateSection.read(Path.of("template.yaml"));
    private static final TemplateSection SECOND = TemplateSection.read(Path.of("examples/second-schedule.yaml"));
    private static final String SELECTOR =
            TEMPLATE.section("Parameters").section("DefaultSelector").text("Default");
    private static final TagSelector DEFAULT = SelectorReader.fromJson(SELECTOR);
    private static final String TWO_O_CLOCK = "2026-11-22T02:00:00Z";
    private static final String THREE_O_CLOCK = "2026-11-22T03:00:00Z";

    @Test
    void the_schedule_with_a_time_zone_asks_for_the_default_selector_once_for_each_slot() {
        BackupRequest request = read(scheduled(TWO_O_CLOCK, "e1"));

        assertThat(request.selector()).isEqualTo(DEFAULT.respectingHolds());
        assertThat(request.runId()).as("however long the stack's name is").hasToString("schedule-" + TWO_O_CLOCK);
        assertThat(request.dryRun()).isFalse();
        assertThat(read(scheduled(TWO_O_CLOCK, "e2")).runId()).isEqualTo(request.runId());
        assertThat(read(scheduled(THREE_O_CLOCK, "e3")).runId()).isNotEqualTo(request.runId());
    }

    /** The rule's own event, with its time, is what names the run: anything else in its place would lose that. */
    @Test
    void rule_and_schedule_exclude_each_other_and_lead_to_the_alias_and_the_rule_sends_its_own_event() {
        assertThat(resource("ScheduleRule").text("Condition")).isEqualTo("HasNoTimezone");
        assertThat(resource("Schedule").text("Condition")).isEqualTo("HasTimezone");
        assertThat(Stream.of(
                        firstTarget(TEMPLATE, "ScheduleRule").values().get("Arn"),
                        target().values().get("Arn"),
                        resource("ScheduleRulePermission")
                                .section("Properties")
                                .values()
                                .get("FunctionName")))
                .containsOnly(Map.of("Ref", "BackupFunction.Alias"));
        assertThat(firstTarget(TEMPLATE, "ScheduleRule").values()).doesNotContainKeys("Input", "InputTransformer");
    }

    /** Otherwise a late event would be a second run of the slot that was caught up. */
    @Test
    void the_follow_up_asks_for_a_slot_under_the_id_and_the_hash_of_the_rules_own_event() {
        Settings settings = settings("");
        String name = Filled.sub(
                resource("ScheduleRule").section("Properties").section("Name").text("Fn::Sub"),
                Map.of("AWS::StackName", settings.stackName()));

        assertSameRun(settings, read("""
            {"source": "aws.events", "detail-type": "Scheduled Event", "time": "%s", "detail": {},
             "resources": ["arn:aws:events:eu-central-1:123456789012:rule/%s"]}\
            """.formatted(TWO_O_CLOCK, name)));
    }

    @Test
    void the_follow_up_asks_for_a_slot_under_the_id_and_the_hash_of_the_event_of_the_schedule_with_a_time_zone() {
        assertSameRun(settings("Europe/Berlin"), read(scheduled(TWO_O_CLOCK, "e1")));
    }

    private static void assertSameRun(Settings settings, BackupRequest event) {
        StackSchedule schedule = settings.schedule().orElseThrow();
        BackupRequest caughtUp = new EventReader(
                        settings.defaultSelector(), settings.maxTargets(), settings.stackName())
                .ofSlot(schedule.name(), Instant.parse(TWO_O_CLOCK), schedule.sentByScheduler());

        assertThat(caughtUp.requestedBy()).isEqualTo(RequestedBy.CATCH_UP);
        assertThat(caughtUp.runId()).isEqualTo(event.runId());
        assertThat(caughtUp.hash()).isEqualTo(event.hash());
        assertThat(caughtUp.selector()).isEqualTo(event.selector());
    }

    /** As the follow-up reads them where the stack has only this parameter of its own. */
    private static Settings settings(String timezone) {
        Deployed stack = Deployed.on(Deployed.OPSWORKS_CM, Map.of("ScheduleTimezone", timezone));
        return Settings.from(new FunctionTemplate("FollowUpFunction", stack).environment());
    }

    @Test
    void both_hand_over_what_they_cannot_deliver() {
        assertThat(Stream.of(firstTarget(TEMPLATE, "ScheduleRule"), target(), firstTarget(SECOND, "HourlyRule")))
                .allSatisfy(target -> assertThat(target.values()).containsKeys("RetryPolicy", "DeadLetterConfig"));
    }

    @Test
    void a_second_schedule_asks_for_a_selector_of_its_own_once_for_each_slot() {
        BackupRequest request = read(transformed(TWO_O_CLOCK));

        assertThat(request.selector()).isEqualTo(SelectorReader.fromJson("""
            {"tags": {"Backup": ["hourly"], "Environment": ["prod"]}}\
            """).respectingHolds());
        assertThat(request.runId()).hasToString("backup-hourly-prod-" + TWO_O_CLOCK);
        assertThat(read(transformed(THREE_O_CLOCK)).runId()).isNotEqualTo(request.runId());
    }

    @Test
    void the_longest_name_of_a_stack_that_the_second_schedule_allows_still_makes_a_request_id() {
        int longest = (Integer)
                SECOND.section("Parameters").section("StackName").values().get("MaxLength");

        assertThat(read(transformed("s".repeat(longest), TWO_O_CLOCK)).runId().value())
                .hasSizeLessThanOrEqualTo(80)
                .startsWith("sss");
    }

    private static BackupRequest read(String json) {
        ScheduledEvent event = LambdaEventSerializers.serializerFor(
                        ScheduledEvent.class, TemplateScheduleTest.class.getClassLoader())
                .fromJson(json);
        return new EventReader(DEFAULT, 1000, "backup").read(event, "invocation");
    }

    /** @param executionId new for each attempt, so nothing may depend on it */
    private static String scheduled(String time, String executionId) {
        String input = Filled.sub(
                target().section("Input").text("Fn::Sub"),
                Map.of("AWS::StackName", "backup", "DefaultSelector", SELECTOR));
        return Filled.template(
                input, Map.of("aws.scheduler.scheduled-time", time, "aws.scheduler.execution-id", executionId));
    }

    private static String transformed(String time) {
        return transformed("backup", time);
    }

    private static String transformed(String stack, String time) {
        TemplateSection transformer = firstTarget(SECOND, "HourlyRule").section("InputTransformer");
        assertThat(transformer.section("InputPathsMap").values()).isEqualTo(Map.of("time", "$.time"));
        String template = Filled.sub(transformer.section("InputTemplate").text("Fn::Sub"), Map.of("StackName", stack));
        return Filled.template(template, Map.of("time", time));
    }

    private static TemplateSection resource(String name) {
        return TEMPLATE.section("Resources").section(name);
    }

    private static TemplateSection target() {
        return resource("Schedule").section("Properties").section("Target");
    }

    private static TemplateSection firstTarget(TemplateSection template, String rule) {
        return template.section("Resources")
                .section(rule)
                .section("Properties")
                .sections("Targets")
                .getFirst();
    }
}
