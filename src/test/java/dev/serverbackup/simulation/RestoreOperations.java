package dev.serverbackup.simulation;

import dev.serverbackup.backup.BackupError;
import dev.serverbackup.backup.BackupOperation;
import dev.serverbackup.backup.BackupOperations;
import dev.serverbackup.backup.ErrorType;
import dev.serverbackup.backup.OperationResult;
import dev.serverbackup.cli.restore.RestoreRule;
import dev.serverbackup.simulation.Tally.Tried;
import java.time.Instant;

/** A person's way to the commands that restore. What was sent takes effect whether its process still waits or not. */
final class RestoreOperations implements BackupOperations {
    private static final long CALL = Scenario.TERMS.callTimeout().toMillis();
    private static final BackupError LOST = BackupError.doubtful(ErrorType.NO_ANSWER, "no answer in time");

    private final Stage stage;
    private final Worker worker;

    RestoreOperations(Stage stage, Worker worker) {
        this.stage = stage;
        this.worker = worker;
    }

    @Override
    public OperationResult.OfStart start(BackupOperation operation, Instant sendBefore) {
        OperationResult.OfStart answer = sent(operation, sendBefore);
        return answer instanceof OperationResult.Doubtful
                        && stage.broken.withoutRules().contains(RestoreRule.NEVER_SENT_AGAIN)
                ? sent(operation, sendBefore)
                : answer;
    }

    private OperationResult.OfStart sent(BackupOperation operation, Instant sendBefore) {
        return worker.step("call restore " + operation.id(), () -> {
            if (!worker.instant().isBefore(sendBefore)) {
                return new OperationResult.NotSent();
            }
            if (worker.faults().happens(worker.faults().mood().throttle() / 2)) {
                return new OperationResult.Refused(BackupError.known(ErrorType.INVALID_STATE, "it is stopped"));
            }
            worker.count(Tried.RESTORE);
            stage.restores.sent(operation);
            return transmitted(operation, Fate.drawn(worker.faults()));
        });
    }

    private OperationResult.OfStart transmitted(BackupOperation operation, Fate fate) {
        SimulatedFaults faults = worker.faults();
        long transit = faults.transit();
        if (fate.hasEffect()) {
            stage.world.in(transit, () -> stage.restores.begins(operation, faults, faults.hidden(transit)));
        }
        if (fate != Fate.PLAIN) {
            worker.count(Tried.RESTORE_IN_DOUBT);
        }
        worker.pause(fate.isAnswered() ? transit + 1 : CALL);
        return fate == Fate.PLAIN ? new OperationResult.Running(operation.id()) : new OperationResult.Doubtful(LOST);
    }

    @Override
    public OperationResult.OfLookup find(BackupOperation operation) {
        return worker.step("look for restore " + operation.id(), () -> {
            if (fails()) {
                return new OperationResult.Unavailable(LOST);
            }
            return stage.restores.shows(operation)
                    ? new OperationResult.Running(operation.id())
                    : new OperationResult.NotFound();
        });
    }

    @Override
    public OperationResult.OfLook state(BackupOperation operation, String startedAs) {
        return worker.step(
                "look at restore " + startedAs,
                () -> fails()
                        ? new OperationResult.Unavailable(LOST)
                        : switch (stage.restores.standing(startedAs)) {
                            case RUNS -> new OperationResult.Running(startedAs);
                            case SUCCEEDED -> {
                                worker.count(Tried.RESTORED);
                                yield new OperationResult.Succeeded(
                                        operation.backup().id());
                            }
                            case FAILED ->
                                new OperationResult.Failed(
                                        BackupError.known(ErrorType.RESTORE_FAILED, "the disk is full"));
                            case REFUSED ->
                                new OperationResult.Failed(BackupError.known(ErrorType.INVALID_STATE, "a backup runs"));
                        });
    }

    private boolean fails() {
        return worker.faults().happens(worker.faults().mood().lookFails());
    }
}
