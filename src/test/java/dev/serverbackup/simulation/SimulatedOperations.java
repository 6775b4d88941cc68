package dev.serverbackup.simulation;

import dev.serverbackup.backup.BackupError;
import dev.serverbackup.backup.BackupOperation;
import dev.serverbackup.backup.BackupOperations;
import dev.serverbackup.backup.ErrorType;
import dev.serverbackup.backup.OperationResult;
import dev.serverbackup.simulation.SimulatedFaults.Fate;
import java.time.Instant;

/** A worker's way to the commands that verify or restore. What it sent takes effect whether it still waits or not. */
class SimulatedOperations implements BackupOperations {
    private static final long CALL = Scenario.TERMS.callTimeout().toMillis();
    private static final BackupError LOST = BackupError.doubtful(ErrorType.NO_ANSWER, "no answer in time");

    private final Worker worker;
    private final World world;
    private final Commands truth;

    /** What becomes of these commands, whatever anybody is told of it. */
    interface Commands {
        /** The call leaves a process. */
        void sent(BackupOperation operation);

        /** Nobody will hear of it. */
        void inDoubt();

        /** The call takes effect; a list shows it when it is not hidden any more. */
        void begins(BackupOperation operation, SimulatedFaults faults, long hidden);

        boolean shows(BackupOperation operation);

        OperationResult.OfLook state(BackupOperation operation, String startedAs);
    }

    /** @param truth what becomes of such commands */
    SimulatedOperations(Worker worker, World world, Commands truth) {
        this.worker = worker;
        this.world = world;
        this.truth = truth;
    }

    @Override
    public OperationResult.OfStart start(BackupOperation operation, Instant sendBefore) {
        return worker.step("call " + operation, () -> {
            if (!worker.instant().isBefore(sendBefore)) {
                return new OperationResult.NotSent();
            }
            if (worker.faults().happens(Fault.THROTTLED, 0.5)) {
                return new OperationResult.Refused(BackupError.known(ErrorType.INVALID_STATE, "it is stopped"));
            }
            truth.sent(operation);
            return send(operation, Fate.drawn(worker.faults()));
        });
    }

    private OperationResult.OfStart send(BackupOperation operation, Fate fate) {
        SimulatedFaults faults = worker.faults();
        long transit = faults.transit();
        if (fate.hasEffect()) {
            world.in(transit, () -> truth.begins(operation, faults, faults.hidden(transit)));
        }
        if (fate != Fate.PLAIN) {
            truth.inDoubt();
        }
        worker.pause(fate.isAnswered() ? transit + 1 : CALL);
        return fate == Fate.PLAIN ? new OperationResult.Running(operation.id()) : new OperationResult.Doubtful(LOST);
    }

    @Override
    public OperationResult.OfLookup find(BackupOperation operation) {
        return worker.step("look for " + operation, () -> {
            if (fails()) {
                return new OperationResult.Unavailable(LOST);
            }
            return truth.shows(operation)
                    ? new OperationResult.Running(operation.id())
                    : new OperationResult.NotFound();
        });
    }

    @Override
    public OperationResult.OfLook state(BackupOperation operation, String startedAs) {
        return worker.step(
                "look at " + operation,
                () -> fails() ? new OperationResult.Unavailable(LOST) : truth.state(operation, startedAs));
    }

    private boolean fails() {
        return worker.happens(Fault.LOOK_FAILS);
    }
}
