package dev.serverbackup.request;

import static dev.serverbackup.request.SampleEvents.DEFAULT_MAX_TARGETS;
import static dev.serverbackup.request.SampleEvents.EVENT_ID;
import static dev.serverbackup.request.SampleEvents.NIGHTLY;
import static dev.serverbackup.request.SampleEvents.READER;
import static dev.serverbackup.request.SampleEvents.decoded;
import static dev.serverbackup.request.SampleEvents.fromTheSchedule;
import static dev.serverbackup.request.SampleEvents.onTheBus;
import static dev.serverbackup.request.SampleEvents.read;
import static dev.serverbackup.request.SampleEvents.readDetail;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventReaderTest {
    private static final String EVERYTHING = """
        {"requestId": "release-4711",
         "selector": {"tags": {"Backup": ["nightly", "hourly"]}, "excludeTags": {"BackupHold": []}},
         "description": "before release 4711", "dryRun": true, "maxTargets": 50}\
        """;

    @Test
    void a_request_says_everything_itself() {
        BackupRequest request = readDetail(EVERYTHING);

        assertThat(request.runId()).isEqualTo(new RunId("release-4711"));
        assertThat(request.selector()).isEqualTo(SelectorReader.fromJson("""
            {"tags": {"Backup": ["nightly", "hourly"]}, "excludeTags": {"BackupHold": []}}\
            """));
        assertThat(request.description()).isEqualTo("before release 4711");
        assertThat(request.dryRun()).isTrue();
        assertThat(request.maxTargets()).isEqualTo(50);
    }

    @Test
    void what_a_request_does_not_say_has_its_default() {
        BackupRequest request = readDetail("{\"selector\": {\"all\": true}}");

        assertThat(request.description()).isEmpty();
        assertThat(request.dryRun()).isFalse();
        assertThat(request.maxTargets()).isEqualTo(DEFAULT_MAX_TARGETS);
    }

    @Test
    void a_native_scheduled_event_asks_for_the_default_selector() {
        BackupRequest request = read(fromTheSchedule());

        assertThat(request.selector()).isEqualTo(NIGHTLY.respectingHolds());
        assertThat(request.maxTargets()).isEqualTo(DEFAULT_MAX_TARGETS);
        assertThat(request.dryRun()).isFalse();
        assertThat(request.description()).isEmpty();
    }

    @Test
    void a_native_scheduled_event_may_lack_its_detail() {
        assertThat(read(fromTheSchedule().withDetail(null)).selector()).isEqualTo(NIGHTLY.respectingHolds());
    }

    @Test
    void a_scheduled_event_with_a_detail_says_its_own_selector() {
        var event = fromTheSchedule().withDetail(decoded(onTheBus(EVERYTHING)).getDetail());

        assertThat(read(event).selector().excludeTags()).containsOnlyKeys("BackupHold");
    }

    @Test
    void a_scheduled_event_with_a_detail_but_no_selector_is_refused() {
        var event = fromTheSchedule()
                .withDetail(decoded(onTheBus("{\"dryRun\": true}")).getDetail());

        assertThatThrownBy(() -> read(event))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("detail.selector: is missing, but must be an object");
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
        assertThatThrownBy(() -> read(json))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage(
                        "detail: is missing or empty, but must hold at least a `selector`; only a rule's own scheduled"
                                + " event (source aws.events, detail-type Scheduled Event) may do without");
    }

    @Test
    void no_event_is_no_request() {
        assertThatThrownBy(() -> READER.read(null, "id"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("event: is null, but must be an object with a `detail`");
    }

    @Test
    void who_asked_is_what_the_event_says() {
        assertThat(readDetail(EVERYTHING).requestedBy())
                .isEqualTo(new RequestedBy(
                        "acme.release-pipeline", Optional.of("Server Backup Requested"), Optional.of(EVENT_ID)));
    }

    @Test
    void a_direct_invocation_is_asked_for_by_direct() {
        assertThat(read("{\"detail\": " + EVERYTHING + "}").requestedBy())
                .isEqualTo(new RequestedBy("direct", Optional.empty(), Optional.empty()));
    }

    @Test
    void who_asked_can_neither_break_a_line_nor_fill_the_row() {
        var event = decoded(onTheBus(EVERYTHING)).withSource("a\nb").withDetailType("x".repeat(100_000));

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
