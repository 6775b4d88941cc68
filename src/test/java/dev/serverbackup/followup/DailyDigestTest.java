package dev.serverbackup.followup;

import static dev.serverbackup.Samples.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.ManualClock;
import dev.serverbackup.NotificationSchemas;
import dev.serverbackup.audit.EntryStatus;
import dev.serverbackup.audit.HistoryRepository;
import dev.serverbackup.audit.InMemoryCheckpointRepository;
import dev.serverbackup.audit.RunStatus;
import dev.serverbackup.backup.ErrorType;
import dev.serverbackup.notification.Notification;
import dev.serverbackup.notification.NotificationPublisher;
import dev.serverbackup.request.RunId;
import dev.serverbackup.request.ServerName;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A digest is due at eight in Berlin, which is seven by UTC in winter. The first pass is at two o'clock (UTC) of 1 March. */
class DailyDigestTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final ZoneId UTC = ZoneId.of("UTC");
    private static final Duration AFTER = Duration.ofMinutes(5);
    private static final Instant FIRST_DUE = Instant.parse("2026-03-01T07:00:00Z");
    private static final Instant SECOND_DUE = Instant.parse("2026-03-02T07:00:00Z");

    private final ManualClock clock = new ManualClock(TWO_O_CLOCK);
    private final InMemoryCheckpointRepository checkpoints = new InMemoryCheckpointRepository();
    private final List<HistoryRepository.PastRun> runs = new ArrayList<>();
    private final List<HistoryRepository.PastFailure> failures = new ArrayList<>();
    private final List<Notification> sent = new ArrayList<>();
    private boolean busRefuses;

    private final HistoryRepository history = new HistoryRepository() {
        @Override
        public List<PastRun> runs(Instant since, Instant before) {
            return runs.stream()
                    .filter(run -> !run.requestedAt().isBefore(since))
                    .filter(run -> run.requestedAt().isBefore(before))
                    .toList();
        }

        @Override
        public List<PastFailure> failures(Instant since, Instant before, int atMost) {
            return runs(since, before).isEmpty() ? List.of() : failures;
        }
    };

    private final NotificationPublisher bus = (notifications, _) -> {
        sent.addAll(notifications);
        return busRefuses ? Set.of() : Set.of(notifications.getFirst().id());
    };

    private void pass() {
        pass(8, BERLIN);
    }

    private void pass(int hour, ZoneId zone) {
        new DailyDigest(hour, zone, checkpoints, history, bus, clock).pass(new FollowUpCounters(), Instant.MAX);
    }

    /** Five minutes after an instant: so long what was written may be missing in an index. */
    private void passAt(Instant now) {
        passAt(now, BERLIN);
    }

    private void passAt(Instant now, ZoneId zone) {
        clock.move(Duration.between(clock.instant(), now.plus(AFTER)));
        pass(8, zone);
    }

    private void ran(String id, Instant at, RunStatus status, int succeeded, int failed) {
        Map<EntryStatus, Integer> counts =
                new TreeMap<>(Map.of(EntryStatus.SUCCEEDED, succeeded, EntryStatus.FAILED, failed));
        counts.values().removeIf(count -> count == 0);
        runs.add(new HistoryRepository.PastRun(new RunId(id), status, succeeded + failed, counts, at));
    }

    private void failed(String type, String server) {
        failures.add(new HistoryRepository.PastFailure(new ServerName(server), new ErrorType(type)));
    }

    private Map<String, Object> digest() {
        assertThat(sent).hasSize(1);
        NotificationSchemas.assertValid(sent.getFirst());
        return sent.getFirst().detail();
    }

    @Test
    void it_is_as_documented() {
        Instant first = Instant.parse("2026-11-21T08:00:00Z");
        ran("nightly", first.plus(Duration.ofHours(18)), RunStatus.PARTIALLY_FAILED, 10, 2);
        failed("BackupFailed", "i-0a1b2c3d4e5f60718");
        failed("StartWindowExceeded", "i-0f1e2d3c4b5a69788");
        passAt(first.minus(AFTER), UTC);
        passAt(first.plus(Duration.ofDays(1)), UTC);

        assertThat(sent).hasSize(1);
        NotificationSchemas.assertIsSample(sent.getFirst(), "server-backup-digest.json");
    }

    @Test
    void a_night_that_went_well_is_good() {
        ran("nightly", TWO_O_CLOCK.plusSeconds(5), RunStatus.SUCCEEDED, 12, 0);
        ran("later", TWO_O_CLOCK.plusSeconds(60), RunStatus.SUCCEEDED, 3, 0);
        pass();
        passAt(FIRST_DUE);

        assertThat(digest())
                .containsEntry("status", "GOOD")
                .containsEntry("failed", 0)
                .containsEntry("summary", "Digest of 2026-03-01: 15 of 15 backups succeeded in 2 runs");
    }

    @Test
    void what_has_not_ended_is_not_good_yet() {
        runs.add(new HistoryRepository.PastRun(new RunId("nightly"), RunStatus.RUNNING, 3, Map.of(), TWO_O_CLOCK));
        pass();
        passAt(FIRST_DUE);

        assertThat(digest()).containsEntry("status", "BAD");
        assertThat((String) digest().get("message")).contains("3 are of runs that have not ended yet.");
    }

    @Test
    void a_day_without_a_run_is_reported_as_bad() {
        pass();
        passAt(FIRST_DUE);

        assertThat(digest())
                .containsEntry("status", "BAD")
                .containsEntry("summary", "Digest of 2026-03-01: no run at all");
    }

    @Test
    void a_missed_slot_is_reported_and_is_no_run() {
        ran("server-backup-schedule@2026-03-01T02:00:00Z", TWO_O_CLOCK, RunStatus.MISSED, 0, 0);
        pass();
        passAt(FIRST_DUE);

        assertThat(digest())
                .containsEntry("runs", 0)
                .containsEntry("missedSlots", 1)
                .containsEntry("message", """
                    From 2026-03-01 03:00 to 2026-03-01 08:00 (Europe/Berlin): no run at all.
                    Missed, and not caught up: server-backup-schedule@2026-03-01T02:00:00Z.
                    Details: ./server-backup night 2026-03-01\
                    """);
    }

    @Test
    void however_much_there_is_a_message_has_ten_lines() {
        ran("nightly", TWO_O_CLOCK, RunStatus.RUNNING, 0, 70);
        IntStream.range(0, 70).forEach(i -> failed("Type" + (char) ('A' + i % 7), "server-" + i));
        IntStream.range(0, 9).forEach(i -> ran("slot-" + i, TWO_O_CLOCK, RunStatus.MISSED, 0, 0));
        pass();
        passAt(FIRST_DUE);

        String message = (String) digest().get("message");
        assertThat(message.lines().count()).isLessThanOrEqualTo(10);
        assertThat(message.lines().toList())
                .contains("TypeA: server-0, server-7, server-14, server-21, server-28 and 5 more.", "There is more.");
    }

    @Test
    void it_is_reported_once_a_day_not_before_its_hour_and_each_of_what_came_after_the_last_one() {
        pass();
        passAt(FIRST_DUE.minusMillis(1));
        assertThat(sent).isEmpty();
        passAt(FIRST_DUE);
        passAt(FIRST_DUE.plusSeconds(300));
        ran("nightly", FIRST_DUE, RunStatus.SUCCEEDED, 1, 0);
        passAt(SECOND_DUE.plusSeconds(200));

        assertThat(sent).hasSize(2);
        assertThat(sent.getLast().detail())
                .containsEntry("since", "2026-03-01T07:00:00Z")
                .containsEntry("until", "2026-03-02T07:00:00Z")
                .containsEntry("runs", 1);
    }

    @Test
    void what_the_bus_does_not_take_is_sent_again_under_the_same_id() {
        pass();
        busRefuses = true;
        passAt(FIRST_DUE);
        busRefuses = false;
        passAt(FIRST_DUE.plusSeconds(300));

        assertThat(sent)
                .extracting(Notification::id)
                .containsExactly("digest/2026-03-01T07:00:00Z", "digest/2026-03-01T07:00:00Z");
    }

    @Test
    void the_hour_is_that_of_the_clocks() {
        pass();
        passAt(Instant.parse("2026-03-28T07:00:00Z"));
        passAt(Instant.parse("2026-03-29T06:00:00Z"));

        assertThat(sent)
                .extracting(Notification::id)
                .containsExactly("digest/2026-03-28T07:00:00Z", "digest/2026-03-29T06:00:00Z");
    }

    @Test
    void after_a_change_of_the_hour_it_goes_on_where_the_last_one_ended() {
        pass();
        passAt(FIRST_DUE.minusSeconds(60));
        pass(7, BERLIN);
        pass(7, BERLIN);

        assertThat(digest())
                .containsEntry("since", "2026-03-01T02:00:00Z")
                .containsEntry("until", "2026-03-01T06:00:00Z");
    }

    @Test
    void after_a_long_outage_one_digest_is_of_a_week() {
        pass();
        passAt(FIRST_DUE.plus(Duration.ofDays(30)));

        assertThat(digest()).containsEntry("since", "2026-03-24T06:00:00Z");
    }
}
