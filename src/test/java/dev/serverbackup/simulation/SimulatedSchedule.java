package dev.serverbackup.simulation;

import static dev.serverbackup.simulation.Violation.require;

import dev.serverbackup.Samples;
import dev.serverbackup.audit.AuditRepository;
import dev.serverbackup.audit.Checkpoint;
import dev.serverbackup.audit.Checkpoint.Kind;
import dev.serverbackup.audit.CheckpointRepository;
import dev.serverbackup.audit.InMemoryCheckpointRepository;
import dev.serverbackup.audit.Run;
import dev.serverbackup.audit.RunStatus;
import dev.serverbackup.request.BackupRequest;
import dev.serverbackup.request.RunId;
import dev.serverbackup.schedule.StackSchedule;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A schedule with a few slots, its events, and what is promised of it. In some scenarios it is changed in between. */
final class SimulatedSchedule implements CheckpointRepository {
    static final Duration MISSED_AFTER = Duration.ofMinutes(30);

    private static final Instant END = Timeline.START.plus(Duration.ofDays(2));
    private static final String AT_TWO_AND_TEN = "cron(0 2,10 1 3 ? 2026)";
    private static final String AT_TWO_AND_ELEVEN = "cron(0 2,11 1 3 ? 2026)";
    private static final String AT_ALL_OF_THEM = "cron(0 2,10,11 1 3 ? 2026)";

    private final InMemoryCheckpointRepository checkpoints = new InMemoryCheckpointRepository();
    private final Timeline timeline;
    private StackSchedule schedule = of(AT_TWO_AND_TEN);
    private Instant watchedSince = Timeline.START.minus(Duration.ofHours(1));

    SimulatedSchedule(Timeline timeline) {
        this.timeline = timeline;
        checkpoints.replace(Kind.SLOTS, Optional.empty(), new Checkpoint(schedule.text(), watchedSince));
    }

    private static StackSchedule of(String expression) {
        return StackSchedule.of(
                "nightly",
                expression,
                Optional.empty(),
                StackSchedule.State.ENABLED,
                MISSED_AFTER,
                Duration.ofHours(2));
    }

    StackSchedule schedule() {
        return schedule;
    }

    void change() {
        schedule = of(AT_TWO_AND_ELEVEN);
        timeline.trace("stack", () -> "the schedule is changed");
    }

    /** Has no slot in this scenario. */
    void switchOff() {
        schedule = of("cron(0 2 1 3 ? 2025)");
        checkpoints.replace(Kind.SLOTS, checkpoints.read(Kind.SLOTS), new Checkpoint(schedule.text(), watchedSince));
    }

    static RunId runOf(Instant slot) {
        return RunId.ofSchedule("nightly", slot);
    }

    static BackupRequest request(Instant slot) {
        return Samples.request(runOf(slot));
    }

    List<Instant> slots() {
        return slots(schedule);
    }

    private static List<Instant> slots(StackSchedule schedule) {
        return schedule.expression().orElseThrow().slots(Timeline.START.minus(MISSED_AFTER), END, 10);
    }

    /** Those that the follow-up must have looked at in the end. */
    private Stream<Instant> watched() {
        return slots().stream().filter(slot -> slot.isAfter(watchedSince));
    }

    /** When the next slot that has no run is missed; absent once each has one. */
    Optional<Instant> nextMissed(AuditRepository table) {
        boolean changing = !checkpoints.read(Kind.SLOTS).orElseThrow().of().equals(schedule.text());
        return changing
                ? Optional.of(timeline.instant())
                : watched()
                        .filter(slot -> table.run(runOf(slot)).isEmpty())
                        .map(slot -> slot.plus(MISSED_AFTER))
                        .findFirst();
    }

    /** Of each slot that has a run. */
    List<RunId> runs(AuditRepository table) {
        return slots(of(AT_ALL_OF_THEM)).stream()
                .map(SimulatedSchedule::runOf)
                .filter(runId -> table.run(runId).isPresent())
                .toList();
    }

    void atTheEnd(AuditRepository table) {
        watched().forEach(slot -> {
            Optional<Run> run = table.run(runOf(slot));
            require(run.isPresent(), "every slot has its run, or is MISSED", slot);
            require(
                    run.get().status() != RunStatus.MISSED
                            || table.entries(runOf(slot)).isEmpty(),
                    "a slot that is MISSED has no entry",
                    slot);
        });
    }

    @Override
    public Optional<Checkpoint> read(Kind kind) {
        return checkpoints.read(kind);
    }

    @Override
    public boolean replace(Kind kind, Optional<Checkpoint> old, Checkpoint next) {
        boolean written = checkpoints.replace(kind, old, next);
        if (written && old.filter(one -> one.of().equals(next.of())).isEmpty()) {
            watchedSince = next.until();
        }
        return written;
    }
}
