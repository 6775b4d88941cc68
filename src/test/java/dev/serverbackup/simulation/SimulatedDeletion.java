package dev.serverbackup.simulation;

import dev.serverbackup.backup.Backup;
import dev.serverbackup.backup.BackupDeletion;
import dev.serverbackup.backup.BackupError;
import dev.serverbackup.backup.DeletionResult;
import dev.serverbackup.backup.ErrorType;
import dev.serverbackup.simulation.Tally.Tried;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** One worker's way to {@code DeleteBackup}. What it sent takes effect whether it still waits or not. */
final class SimulatedDeletion implements BackupDeletion {
    private static final long CALL = Scenario.TERMS.callTimeout().toMillis();
    private static final BackupError LOST = BackupError.doubtful(ErrorType.NO_ANSWER, "no answer in time");
    private static final BackupError DENIED = BackupError.known(ErrorType.ACCESS_DENIED, "not authorized");

    private final SimulatedService service;
    private final RetentionInvariants invariants;
    private final Worker worker;
    private final World world;

    SimulatedDeletion(SimulatedService service, RetentionInvariants invariants, Worker worker, World world) {
        this.service = service;
        this.invariants = invariants;
        this.worker = worker;
        this.world = world;
    }

    @Override
    public boolean listsAllBackups() {
        return !service.runsCommands;
    }

    @Override
    public DeletionResult delete(Backup backup, Optional<String> accepted) {
        String id = backup.id();
        return worker.step("delete " + id, () -> {
            if (worker.faults().happens(worker.faults().mood().throttle() / 2)) {
                worker.count(Tried.DELETION_REFUSED);
                return new DeletionResult.Refused(DENIED);
            }
            invariants.sent(id);
            worker.count(Tried.DELETION);
            return send(id, Fate.drawn(worker.faults()));
        });
    }

    private DeletionResult send(String id, Fate fate) {
        SimulatedFaults faults = worker.faults();
        long transit = faults.transit();
        AtomicReference<DeletionResult> answer = new AtomicReference<>();
        world.in(transit, () -> {
            DeletionResult result = fate.hasEffect() ? takeEffect(id) : new DeletionResult.Doubtful(LOST);
            answer.set(fate == Fate.PLAIN ? result : new DeletionResult.Doubtful(LOST));
            world.tell("service", () -> "delete " + id + " " + fate + ": " + result);
        });
        if (fate != Fate.PLAIN) {
            worker.count(Tried.DELETION_IN_DOUBT);
        }
        worker.pause(fate.isAnswered() ? transit + 1 : CALL);
        return fate.isAnswered() ? answer.get() : new DeletionResult.Doubtful(LOST);
    }

    private DeletionResult takeEffect(String id) {
        service.servers.all().stream()
                .filter(backup -> backup.id().equals(id) && SimulatedService.isDeletable(backup))
                .forEach(backup -> invariants.deleting(backup, worker.begun()));
        return service.delete(id, worker.faults());
    }
}
