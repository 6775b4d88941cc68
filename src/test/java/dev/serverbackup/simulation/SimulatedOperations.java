package dev.serverbackup.simulation;

import dev.serverbackup.backup.BackupError;
import dev.serverbackup.backup.BackupOperation;
import dev.serverbackup.backup.BackupOperations;
import dev.serverbackup.backup.ErrorType;
import dev.serverbackup.backup.OperationResult;
import dev.serverbackup.simulation.Tally.Tried;
import java.time.Instant;

/** One worker's way to the commands that verify. What it sent takes effect whether it still waits or not. */
final class SimulatedOperations implements BackupOperations {
    private static final long CALL = Scenario.TERMS.callTimeout().toMillis();
    private static final BackupError LOST = BackupError.doubtful(ErrorType.NO_ANSWER, "no answer in time");

    private final VerificationInvariants invariants;
    private final Worker worker;
    private final World world;

    SimulatedOperations(VerificationInvariants invariants, Worker worker, World world) {
        this.invariants = invariants;
        this.worker = worker;
        this.world = world;
    }

    @Override
    public OperationResult.OfStart start(BackupOperation operation, Instant sendBefore) {
        return worker.step("call verify " + operation.backup().id(), () -> {
            if (!worker.instant().isBefore(sendBefore)) {
                return new OperationResult.NotSent();
            }
            if (worker.faults().happens(worker.faults().mood().throttle() / 2)) {
                return new OperationResult.Refused(BackupError.known(ErrorType.INVALID_STATE, "it is stopped"));
            }
            worker.count(Tried.VERIFICATION);
            return send(operation, Fate.drawn(worker.faults()));
        });
    }

    private OperationResult.OfStart send(BackupOperation operation, Fate fate) {
        SimulatedFaults faults = worker.faults();
        long transit = faults.transit();
        if (fate.hasEffect()) {
            world.in(
                    transit,
                    () -> invariants.begins(operation, faults.hidden(transit), faults.work(), faults.nextLong(8) == 0));
        }
        if (fate != Fate.PLAIN) {
            worker.count(Tried.VERIFICATION_IN_DOUBT);
        }
        worker.pause(fate.isAnswered() ? transit + 1 : CALL);
        return fate == Fate.PLAIN ? new OperationResult.Running(operation.id()) : new OperationResult.Doubtful(LOST);
    }

    @Override
    public OperationResult.OfLookup find(BackupOperation operation) {
        return worker.step("look for verification " + operation.id(), () -> {
            if (fails()) {
                return new OperationResult.Unavailable(LOST);
            }
            return invariants.shows(operation)
                    ? new OperationResult.Running(operation.id())
                    : new OperationResult.NotFound();
        });
    }

    @Override
    public OperationResult.OfLook state(BackupOperation operation, String startedAs) {
        return worker.step("look at verification " + startedAs, () -> {
            if (fails()) {
                return new OperationResult.Unavailable(LOST);
            }
            return invariants.runs(startedAs) ? new OperationResult.Running(startedAs) : ended(startedAs);
        });
    }

    private OperationResult.OfLook ended(String startedAs) {
        return switch (invariants.outcome(startedAs)) {
            case PASSED -> {
                worker.count(Tried.VERIFIED);
                yield new OperationResult.Succeeded("size, SHA-256, pack");
            }
            case FAILED -> {
                worker.count(Tried.FOUND_SPOILED);
                yield new OperationResult.Failed(BackupError.known(ErrorType.VERIFICATION_FAILED, "another SHA-256"));
            }
            case INCONCLUSIVE ->
                new OperationResult.Failed(BackupError.known(ErrorType.LIMIT_EXCEEDED, "no room to unpack"));
        };
    }

    private boolean fails() {
        return worker.faults().happens(worker.faults().mood().lookFails());
    }
}
