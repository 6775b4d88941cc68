package dev.serverbackup.schedule;

import dev.serverbackup.audit.AuditRepository;
import dev.serverbackup.audit.Checkpoint;
import dev.serverbackup.audit.CheckpointRepository;
import dev.serverbackup.metrics.Metrics;
import dev.serverbackup.request.BackupRequest;
import dev.serverbackup.request.RunId;
import dev.serverbackup.run.BackupRun;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the slots of the schedule whose event was not received, and writes a run for each, with the run id that the
 * event would have had: a late event is then a repeated delivery. The newest slot is caught up, if it is not too old;
 * the others become {@code MISSED}. Several passes at once do no harm. Safe for use by several threads.
 *
 * @param requests gives the request of the schedule's event for a slot
 */
public record MissedSlots(
        StackSchedule schedule,
        CheckpointRepository checkpoints,
        AuditRepository audit,
        BackupRun runs,
        Function<Instant, BackupRequest> requests,
        Metrics metrics,
        InstantSource clock) {
    private static final Logger LOG = LoggerFactory.getLogger(MissedSlots.class);

    /** After a long outage the next pass continues. */
    private static final int MOST_AT_ONCE = 100;

    /** Counts what a pass finds. */
    public interface Counters {
        /** A slot was recorded as {@code MISSED}. */
        void missedSlot();

        /** The run of a slot was started. */
        void caughtUp();
    }

    /**
     * Checks each slot since the last check.
     *
     * @throws dev.serverbackup.audit.AuditUnavailableException if the audit could not be read or written
     * @throws dev.serverbackup.server.ServersUnavailableException if a slot could not be caught up, since the tags
     *     could not be read; the next pass tries again
     * @throws dev.serverbackup.request.InvalidRequestException if the schedule's own request is refused; the next pass
     *     tries again
     */
    public void pass(Counters counters) {
        Instant now = clock.instant();
        Optional<Checkpoint> seen = checkpoints.read(Checkpoint.Kind.SLOTS);
        Optional<Checkpoint> current = seen.filter(one -> one.of().equals(schedule.text()));
        if (current.isEmpty()) {
            // The schedule is new, or was changed or disabled since the last pass: its earlier slots are not known.
            checkpoints.replace(Checkpoint.Kind.SLOTS, seen, new Checkpoint(schedule.text(), now));
            return;
        }
        schedule.expression().ifPresent(expression -> checkSlots(expression, current.get(), now, counters));
    }

    private void checkSlots(ScheduleExpression expression, Checkpoint checked, Instant now, Counters counters) {
        Instant until = now.minus(schedule.missedAfter());
        List<Instant> slots = expression.slots(checked.until(), until, MOST_AT_ONCE);
        if (slots.isEmpty()) {
            return;
        }
        Instant last = slots.getLast();
        // The newest slot comes first: it may still be caught up, however many older ones must be recorded.
        Instant newest = expression.newestSlot(checked.until(), until).orElse(last);
        List<Instant> older =
                slots.stream().filter(slot -> !slot.equals(newest)).toList();
        Optional<RuntimeException> trouble = Optional.empty();
        try {
            check(newest, true, now, counters);
        } catch (RuntimeException e) {
            // The next pass tries it again; the other slots are not delayed.
            trouble = Optional.of(e);
        }
        older.forEach(slot -> check(slot, false, now, counters));
        Optional<Instant> upTo = trouble.isEmpty() && newest.equals(last)
                ? Optional.of(last)
                : older.stream().reduce((_, later) -> later);
        upTo.ifPresent(at ->
                checkpoints.replace(Checkpoint.Kind.SLOTS, Optional.of(checked), new Checkpoint(schedule.text(), at)));
        trouble.ifPresent(e -> {
            throw e;
        });
    }

    private void check(Instant slot, boolean isNewest, Instant now, Counters counters) {
        BackupRequest request = requests.apply(slot);
        RunId runId = request.runId();
        if (audit.run(runId).isPresent()) {
            return;
        }
        // Counted before the write: if the process dies after the write, no other pass would count the slot.
        metrics.missedSlot();
        if (isNewest && now.isBefore(slot.plus(schedule.missedAfter()).plus(schedule.catchUp()))) {
            if (runs.open(request)) {
                LOG.atWarn()
                        .addKeyValue("runId", runId)
                        .log("the schedule's event for {} was not received: the follow-up starts the run", slot);
                counters.caughtUp();
            }
        } else if (runs.recordMissed(request, slot)) {
            LOG.atError()
                    .addKeyValue("runId", runId)
                    .log(
                            "the schedule's event for {} was not received, and is not caught up: no server was backed"
                                    + " up",
                            slot);
            counters.missedSlot();
        }
    }
}
