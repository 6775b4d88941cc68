package dev.serverbackup.simulation;

import dev.serverbackup.backup.BackupError;
import dev.serverbackup.backup.BackupOperation;
import dev.serverbackup.backup.BackupOperations;
import dev.serverbackup.backup.ErrorType;
import dev.serverbackup.backup.OperationResult;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A worker's way to the commands that verify or restore. What it sent takes effect whether it still waits or not. */
final class SimulatedOperations implements BackupOperations {
    private static final long CALL = Scenario.TIMEOUTS.callTimeout().toMillis();
    private static final BackupError LOST = BackupError.doubtful(ErrorType.NO_ANSWER, "no answer in time");

    private final Worker worker;
    private final Timeline timeline;
    private final Commands truth;

    /** What becomes of these commands, whatever anybody is told of it. */
    interface Commands {
        /** The call leaves a process. */
        void sent(BackupOperation operation);

        /** The call takes effect; a list shows it when it is not hidden any more. */
        void begins(BackupOperation operation, SimulatedFaults faults, Duration hidden);

        Optional<Instant> shownFrom(BackupOperation operation);

        OperationResult.OfState state(BackupOperation operation, String startedAs);
    }

    /** @param truth what becomes of such commands */
    SimulatedOperations(Worker worker, Timeline timeline, Commands truth) {
        this.worker = worker;
        this.timeline = timeline;
        this.truth = truth;
    }

    @Override
    public OperationResult.OfStart start(BackupOperation operation, Instant sendBefore) {
        return worker.step("call", operation, () -> {
            if (!worker.instant().isBefore(sendBefore)) {
                return new OperationResult.NotSent();
            }
            if (worker.faults.happens(Fault.THROTTLED, 0.5)) {
                return new OperationResult.Refused(BackupError.known(ErrorType.INVALID_STATE, "it is stopped"));
            }
            truth.sent(operation);
            return worker.send(timeline.millis() + CALL, new OperationResult.Doubtful(LOST), (hasEffect, hidden) -> {
                if (hasEffect) {
                    truth.begins(operation, worker.faults, hidden);
                }
                return new OperationResult.Running(operation.id());
            });
        });
    }

    @Override
    public OperationResult.OfLookup find(BackupOperation operation) {
        return worker.step("look for", operation, () -> {
            if (worker.happens(Fault.LOOK_FAILS)) {
                return new OperationResult.Unavailable(LOST);
            }
            return truth.shownFrom(operation)
                            .filter(from -> !from.isAfter(timeline.instant()))
                            .isPresent()
                    ? new OperationResult.Running(operation.id())
                    : new OperationResult.NotFound();
        });
    }

    @Override
    public OperationResult.OfState state(BackupOperation operation, String startedAs) {
        return worker.step(
                "look at",
                operation,
                () -> worker.happens(Fault.LOOK_FAILS)
                        ? new OperationResult.Unavailable(LOST)
                        : truth.state(operation, startedAs));
    }
}
