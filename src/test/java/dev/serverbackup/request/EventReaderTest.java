package dev.serverbackup.request;

import static dev.serverbackup.request.SampleEvents.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read beyond the sample events, which SampleEventsTest reads. */
class EventReaderTest {
    private static final String ALL = "{\"selector\": {\"all\": true}}";

    @Test
    void what_a_request_does_not_say_has_its_default() {
        BackupRequest request = readDetail(ALL);

        assertThat(request.description()).isEmpty();
        assertThat(request.dryRun()).isFalse();
        assertThat(request.maxTargets()).isEqualTo(DEFAULT_MAX_TARGETS);
    }

    @Test
    void a_native_scheduled_event_asks_for_the_default_and_may_lack_its_detail() {
        assertThat(read(fromTheSchedule().withDetail(null)))
                .isEqualTo(read(fromTheSchedule()))
                .isEqualTo(new BackupRequest(
                        new RunId("server-backup-schedule@2026-11-22T02:00:00Z"),
                        NIGHTLY.respectingHolds(),
                        "",
                        false,
                        DEFAULT_MAX_TARGETS,
                        Optional.empty(),
                        new RequestedBy(
                                "aws.events",
                                Optional.of("Scheduled Event"),
                                Optional.of("53dc4d37-cffa-4f76-80c9-8b7d4a4d2eaa")),
                        "{}"));
    }

    @Test
    void a_scheduled_event_with_a_detail_says_its_own_selector() {
        var own = fromTheSchedule().withDetail(decoded(onTheBus(ALL)).getDetail());
        assertThat(read(own).selector().all()).isTrue();

        var none = fromTheSchedule()
                .withDetail(decoded(onTheBus("{\"dryRun\": true}")).getDetail());
        assertRefused(none, "detail.selector: is missing, but must be an object");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"detail\": {}}",
                "{\"detail\": null}",
                "{\"source\": \"aws.events\", \"detail\": {}}",
                "{\"detail-type\": \"Scheduled Event\", \"detail\": {}}",
                "{\"source\": \"aws.scheduler\", \"detail-type\": \"Scheduled Event\", \"detail\": {}}",
                "{\"source\": \"AWS.EVENTS\", \"detail-type\": \"Scheduled Event\", \"detail\": {}}",
            })
    void nothing_else_asks_for_the_default_selector(String json) {
        assertRefused(
                decoded(json),
                "detail: is missing or empty, but must hold at least a `selector`; only a rule's own scheduled event"
                        + " (source aws.events, detail-type Scheduled Event) may do without");
    }

    @Test
    void no_event_is_no_request() {
        assertRefused(null, "event: is null, but must be an object with a `detail`");
    }

    @Test
    void who_asked_can_neither_break_a_line_nor_fill_the_row() {
        var event = decoded(onTheBus(ALL)).withSource("a\nb").withDetailType("x".repeat(100_000));

        RequestedBy requestedBy = read(event).requestedBy();

        assertThat(requestedBy.source()).isEqualTo("a\\u000Ab");
        assertThat(requestedBy.detailType().orElseThrow()).hasSize(256).endsWith("x…");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 4_001, Integer.MIN_VALUE})
    void a_default_out_of_range_is_refused(int maxTargets) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EventReader(NIGHTLY, maxTargets, "server-backup"))
                .withMessage("default max targets is 1 to 4000");
    }
}
