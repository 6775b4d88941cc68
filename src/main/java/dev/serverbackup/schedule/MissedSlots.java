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
 * Finds the slots of the schedule whose event did not come, and writes a run for each under the id that the event would have
 * had: a late event is then a repeated delivery. The newest one is caught up, if it is not too old; the others are {@code
 * MISSED}. Several passes at once are harmless. Safe for use by several threads.
 *
 * @param requests what the schedule's event for a slot asks for, as the follow-up asks it
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

    /** After a long outage the next pass goes on. */
    private static final int MOST_AT_ONCE = 100;

    /** Is told what a pass finds. */
    public interface Counters {
        /** A slot is {@code MISSED}. */
        void missedSlot();

        /** The run of a slot was begun. */
        void caughtUp();
    }

    /**
     * Looks at each slot that is due to be looked at.
     *
     * @throws dev.serverbackup.audit.AuditUnavailableException if the audit could not be read or written
     * @throws dev.serverbackup.server.ServersUnavailableException if a slot could not be caught up, since the tags could not
     *     be read; the next pass tries again
     * @throws dev.serverbackup.request.InvalidRequestException if the schedule's own request is refused; likewise
     */
    public void pass(Counters counters) {
        Instant now = clock.instant();
        Optional<Checkpoint> seen = checkpoints.read(Checkpoint.Kind.SLOTS);
        Optional<Checkpoint> current = seen.filter(one -> one.of().equals(schedule.text()));
        if (current.isEmpty()) {
            // A schedule that is new, or has been changed or paused since the last pass: what it did before is not
            // known.
            checkpoints.replace(Checkpoint.Kind.SLOTS, seen, new Checkpoint(schedule.text(), now));
            return;
        }
        schedule.expression().ifPresent(expression -> lookAtSlots(expression, current.get(), now, counters));
    }

    private void lookAtSlots(ScheduleExpression expression, Checkpoint checked, Instant now, Counters counters) {
        Instant until = now.minus(schedule.missedAfter());
        List<Instant> slots = expression.slots(checked.until(), until, MOST_AT_ONCE);
        if (slots.isEmpty()) {
            return;
        }
        Instant last = slots.getLast();
        // The newest comes first: it is still worth a backup, however many older ones there are to be written down.
        Instant newest = expression.newestSlot(checked.until(), until).orElse(last);
        List<Instant> older =
                slots.stream().filter(slot -> !slot.equals(newest)).toList();
        Optional<RuntimeException> trouble = Optional.empty();
        try {
            look(newest, true, now, counters);
        } catch (RuntimeException e) {
            // It is looked at again; the others must not wait for it.
            trouble = Optional.of(e);
        }
        older.forEach(slot -> look(slot, false, now, counters));
        Optional<Instant> upTo = trouble.isEmpty() && newest.equals(last)
                ? Optional.of(last)
                : older.stream().reduce((_, later) -> later);
        upTo.ifPresent(at ->
                checkpoints.replace(Checkpoint.Kind.SLOTS, Optional.of(checked), new Checkpoint(schedule.text(), at)));
        trouble.ifPresent(e -> {
            throw e;
        });
    }

    private void look(Instant slot, boolean isNewest, Instant now, Counters counters) {
        BackupRequest request = requests.apply(slot);
        RunId runId = request.runId();
        if (audit.run(runId).isPresent()) {
            return;
        }
        // Counted first: if the process dies after the write, no other pass finds the slot.
        metrics.missedSlot();
        if (isNewest && now.isBefore(slot.plus(schedule.missedAfter()).plus(schedule.catchUp()))) {
            if (runs.open(request)) {
                LOG.atWarn()
                        .addKeyValue("runId", runId)
                        .log("the schedule's event for {} has not come: the run is begun without it", slot);
                counters.caughtUp();
            }
        } else if (runs.miss(request, slot)) {
            LOG.atError()
                    .addKeyValue("runId", runId)
                    .log(
                            "the schedule's event for {} has not come, and is not caught up: no server was backed up",
                            slot);
            counters.missedSlot();
        }
    }
}
