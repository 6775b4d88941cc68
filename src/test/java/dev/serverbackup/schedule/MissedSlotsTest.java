package dev.serverbackup.schedule;

import static dev.serverbackup.Samples.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.serverbackup.InMemoryApplication;
import dev.serverbackup.Samples;
import dev.serverbackup.audit.Checkpoint;
import dev.serverbackup.audit.Entry;
import dev.serverbackup.audit.EntryStatus;
import dev.serverbackup.audit.InMemoryCheckpointRepository;
import dev.serverbackup.audit.Run;
import dev.serverbackup.audit.RunStatus;
import dev.serverbackup.request.BackupRequest;
import dev.serverbackup.request.RunId;
import dev.serverbackup.run.BackupRun;
import dev.serverbackup.run.Deadline;
import dev.serverbackup.run.RunReport;
import dev.serverbackup.run.SequentialWorkers;
import dev.serverbackup.server.ServersUnavailableException;
import dev.serverbackup.server.Targets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A schedule that fires each night at two o'clock, whose event is missed half an hour later and caught up for six hours. */
class MissedSlotsTest {
    private static final String NIGHTLY_AT_TWO = "cron(0 2 * * ? *)";
    private static final Duration DAY = Duration.ofDays(1);
    private static final Instant TONIGHT = TWO_O_CLOCK.plus(DAY);
    private static final Instant TOMORROW = TONIGHT.plus(DAY);
    private static final Duration MISSED_AFTER = Duration.ofMinutes(30);
    private static final Duration CAUGHT_UP_FOR = Duration.ofHours(6);

    private final InMemoryApplication app = InMemoryApplication.over(ALPHA, BRAVO);
    private final InMemoryCheckpointRepository checkpoints = new InMemoryCheckpointRepository();
    private boolean tagsAreThere = true;

    private static RunId runOf(Instant slot) {
        return RunId.ofSchedule("server-backup-schedule", slot);
    }

    private static BackupRequest request(Instant slot) {
        return Samples.request(runOf(slot));
    }

    private static StackSchedule schedule(String expression, StackSchedule.State state, Duration catchUp) {
        return StackSchedule.of("server-backup-schedule", expression, Optional.empty(), state, MISSED_AFTER, catchUp);
    }

    private static StackSchedule nightly() {
        return schedule(NIGHTLY_AT_TWO, StackSchedule.State.ENABLED, CAUGHT_UP_FOR);
    }

    private BackupRun runs() {
        return new BackupRun(_ -> targets(), app.dependencies(), new SequentialWorkers());
    }

    private Targets targets() {
        if (!tagsAreThere) {
            throw new ServersUnavailableException("no tags", null);
        }
        return InMemoryApplication.found(List.of(ALPHA, BRAVO));
    }

    private void pass(StackSchedule schedule) {
        new MissedSlots(
                        schedule,
                        checkpoints,
                        app.audit,
                        runs(),
                        MissedSlotsTest::request,
                        app.dependencies().metrics(),
                        app.clock)
                .pass(new MissedSlots.Counters() {
                    @Override
                    public void missedSlot() {
                        app.measured.add("counted as missed");
                    }

                    @Override
                    public void caughtUp() {
                        app.measured.add("counted as caught up");
                    }
                });
    }

    private int measured(String what) {
        return Collections.frequency(app.measured, what);
    }

    private List<Integer> caughtUpMissedAndMeasured() {
        return List.of(measured("counted as caught up"), measured("counted as missed"), measured("a missed slot"));
    }

    private void passAt(Instant now) {
        passAt(now, nightly());
    }

    private void passAt(Instant now, StackSchedule schedule) {
        app.later(Duration.between(app.now(), now));
        pass(schedule);
    }

    /** The schedule's event comes. */
    private RunReport deliver(Instant slot) {
        return runs().run(request(slot), _ -> true, new Deadline(app.now().plus(Duration.ofMinutes(15))));
    }

    private Optional<RunStatus> status(Instant slot) {
        return app.audit.run(runOf(slot)).map(Run::status);
    }

    private List<EntryStatus> entries(Instant slot) {
        return app.audit.entries(runOf(slot)).stream().map(Entry::status).toList();
    }

    @BeforeEach
    void it_is_a_minute_after_two() {
        app.later(Duration.ofMinutes(1));
    }

    @Test
    void what_was_before_the_first_pass_is_not_looked_at() {
        pass(nightly());
        passAt(TONIGHT.plus(Duration.ofMinutes(29)));

        assertThat(status(TWO_O_CLOCK)).isEmpty();
        assertThat(status(TONIGHT)).isEmpty();
    }

    @Test
    void a_slot_without_a_run_is_caught_up_once_it_is_missed() {
        pass(nightly());
        passAt(TONIGHT.plus(MISSED_AFTER));

        assertThat(app.audit.run(runOf(TONIGHT)).map(Run::requestedAt)).contains(app.now());
        assertThat(entries(TONIGHT)).containsExactly(EntryStatus.PENDING, EntryStatus.PENDING);
        assertThat(caughtUpMissedAndMeasured()).containsExactly(1, 0, 1);
    }

    @Test
    void a_slot_with_its_run_is_left_alone() {
        pass(nightly());
        app.later(Duration.between(app.now(), TONIGHT));
        deliver(TONIGHT);
        passAt(TONIGHT.plus(MISSED_AFTER));

        assertThat(app.audit.run(runOf(TONIGHT)).map(Run::requestedAt)).contains(TONIGHT);
        assertThat(caughtUpMissedAndMeasured()).containsExactly(0, 0, 0);
    }

    @Test
    void a_late_event_is_a_repeated_delivery_of_what_was_caught_up() {
        pass(nightly());
        passAt(TONIGHT.plus(MISSED_AFTER));
        deliver(TONIGHT);
        deliver(TONIGHT);

        assertThat(entries(TONIGHT)).containsExactly(EntryStatus.STARTED, EntryStatus.STARTED);
        assertThat(app.service.servers().all()).hasSize(2);
    }

    @Test
    void a_slot_that_is_too_old_to_be_caught_up_is_missed_at_its_own_time_and_its_event_asks_for_nothing() {
        pass(nightly());
        passAt(TONIGHT.plus(CAUGHT_UP_FOR).plus(MISSED_AFTER));

        assertThat(status(TONIGHT)).contains(RunStatus.MISSED);
        assertThat(app.audit.run(runOf(TONIGHT)).map(Run::requestedAt)).contains(TONIGHT);
        assertThat(entries(TONIGHT)).isEmpty();
        assertThat(caughtUpMissedAndMeasured()).containsExactly(0, 1, 1);
        assertThat(deliver(TONIGHT).status()).isEqualTo("MISSED");
        assertThat(app.service.servers().all()).isEmpty();
    }

    @Test
    void of_several_the_newest_is_caught_up_and_the_others_are_missed() {
        pass(nightly());
        passAt(TOMORROW.plus(Duration.ofHours(1)));

        assertThat(status(TONIGHT)).contains(RunStatus.MISSED);
        assertThat(status(TOMORROW)).contains(RunStatus.RUNNING);
    }

    @Test
    void nothing_is_caught_up_where_it_is_switched_off() {
        StackSchedule told = schedule(NIGHTLY_AT_TWO, StackSchedule.State.ENABLED, Duration.ZERO);
        pass(told);
        passAt(TONIGHT.plus(MISSED_AFTER), told);

        assertThat(status(TONIGHT)).contains(RunStatus.MISSED);
    }

    @Test
    void a_paused_schedule_misses_nothing_and_nothing_is_missed_of_the_pause() {
        StackSchedule paused = schedule(NIGHTLY_AT_TWO, StackSchedule.State.DISABLED, CAUGHT_UP_FOR);
        pass(nightly());
        passAt(TONIGHT.minusSeconds(60), paused);
        passAt(TONIGHT.plus(Duration.ofHours(1)), paused);
        passAt(TONIGHT.plus(Duration.ofHours(2)));
        passAt(TONIGHT.plus(Duration.ofHours(3)));

        assertThat(status(TONIGHT)).isEmpty();
    }

    @Test
    void a_changed_schedule_misses_nothing_of_the_time_before_the_change() {
        StackSchedule atThree = schedule("cron(0 3 * * ? *)", StackSchedule.State.ENABLED, CAUGHT_UP_FOR);
        pass(nightly());
        passAt(TONIGHT.plus(Duration.ofMinutes(10)), atThree);
        passAt(TONIGHT.plus(Duration.ofHours(1)).plus(MISSED_AFTER), atThree);

        assertThat(status(TONIGHT)).isEmpty();
        assertThat(status(TONIGHT.plus(Duration.ofHours(1)))).contains(RunStatus.RUNNING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rate(1 day)", "cron(0 2 32 * ? *)"})
    void a_rate_and_an_expression_that_cannot_be_read_miss_nothing(String expression) {
        StackSchedule daily = schedule(expression, StackSchedule.State.ENABLED, CAUGHT_UP_FOR);
        pass(daily);
        passAt(TOMORROW, daily);

        assertThat(caughtUpMissedAndMeasured()).containsOnly(0);
    }

    @Test
    void a_slot_that_can_not_be_caught_up_is_tried_again_and_then_missed() {
        pass(nightly());
        tagsAreThere = false;

        assertThatExceptionOfType(ServersUnavailableException.class)
                .isThrownBy(() -> passAt(TONIGHT.plus(MISSED_AFTER)));
        assertThat(status(TONIGHT)).isEmpty();

        tagsAreThere = true;
        passAt(TONIGHT.plus(Duration.ofMinutes(35)));
        assertThat(status(TONIGHT)).contains(RunStatus.RUNNING);
    }

    @Test
    void while_the_newest_cannot_be_caught_up_the_older_ones_are_missed_all_the_same() {
        pass(nightly());
        tagsAreThere = false;

        assertThatExceptionOfType(ServersUnavailableException.class)
                .isThrownBy(() -> passAt(TOMORROW.plus(MISSED_AFTER)));

        assertThat(status(TONIGHT)).contains(RunStatus.MISSED);
        assertThat(status(TOMORROW)).isEmpty();
        assertThat(checkpoints.read(Checkpoint.Kind.SLOTS).map(Checkpoint::until))
                .contains(TONIGHT);
    }

    @Test
    void after_a_long_outage_the_newest_slot_comes_first_and_no_older_one_is_forgotten() {
        StackSchedule everyMinute = schedule("cron(* * * * ? *)", StackSchedule.State.ENABLED, CAUGHT_UP_FOR);
        pass(everyMinute);
        Instant last = app.now().plus(Duration.ofMinutes(250));
        passAt(last.plus(MISSED_AFTER), everyMinute);

        assertThat(status(last)).contains(RunStatus.RUNNING);
        assertThat(measured("counted as missed")).isEqualTo(100);

        pass(everyMinute);
        pass(everyMinute);
        assertThat(measured("counted as missed")).isEqualTo(249);
        assertThat(checkpoints.read(Checkpoint.Kind.SLOTS).map(Checkpoint::until))
                .contains(last);
    }
}
