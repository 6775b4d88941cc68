package dev.serverbackup.simulation;

import dev.serverbackup.backup.Backup;
import dev.serverbackup.backup.BackupResult;
import dev.serverbackup.backup.BackupStatus;
import dev.serverbackup.backup.DeletionResult;
import dev.serverbackup.backup.FakeServers;
import dev.serverbackup.request.ServerName;
import dev.serverbackup.simulation.Tally.Tried;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** The service itself: its backups end well or badly, soon, late or never, and somebody may delete them. */
final class SimulatedService {
    final FakeServers servers;
    /** Whether it is Run Command, which locks no server, instead of OpsWorks CM. */
    final boolean runsCommands;

    private final Timeline timeline;
    private final Truth truth;
    private Consumer<ServerName> whenEnded = _ -> {};

    SimulatedService(Timeline timeline, Truth truth, boolean runsCommands) {
        this.runsCommands = runsCommands;
        this.timeline = timeline;
        this.truth = truth;
        this.servers = new FakeServers(timeline);
    }

    /** @param told is shown each server on which something has ended */
    void whenEnded(Consumer<ServerName> told) {
        whenEnded = told;
    }

    BackupResult create(ServerName server, String description, Duration hidden) {
        BackupResult result =
                runsCommands ? servers.send(server, description, hidden) : servers.create(server, description, hidden);
        observe();
        return result;
    }

    /** @param recorded whether the audit knows of the backup: before that, as is assumed, nobody deletes it */
    void mayVanish(Backup backup, SimulatedFaults faults, BooleanSupplier recorded) {
        if (faults.happens(Fault.BACKUP_VANISHES)) {
            timeline.in(faults.work(), () -> vanish(backup.id(), faults, recorded));
        }
    }

    /** What OpsWorks CM has begun ends well or badly, soon, late or never. */
    void live(ServerName server, SimulatedFaults faults) {
        if (!faults.rates.serverNeverFree() && !faults.happens(Fault.BACKUP_ENDLESS)) {
            boolean fails = faults.happens(Fault.BACKUP_FAILS);
            timeline.in(faults.workOrLate(), () -> end(server, fails));
        }
    }

    void end(ServerName server, boolean fails) {
        if (fails) {
            servers.fail(server, "the disk is full");
        } else {
            servers.finish(server);
        }
        observe();
        timeline.trace("service", () -> "what ran on " + server + (fails ? " has failed" : " is finished"));
        whenEnded.accept(server);
    }

    /** Somebody else's backup ends well. */
    void endOther(Backup other) {
        servers.change(other.id(), backup -> backup.with(Backup.STATUS, BackupStatus.OK.name()));
        observe();
        timeline.trace("service", () -> other.id() + " is finished");
    }

    private void vanish(String id, SimulatedFaults faults, BooleanSupplier recorded) {
        if (recorded.getAsBoolean()) {
            timeline.trace("service", () -> "somebody deletes " + id);
            goes(id, faults);
        }
    }

    /** At once, or after it was DELETING for a while. */
    private void goes(String id, SimulatedFaults faults) {
        if (faults.happens(0.5)) {
            servers.remove(id);
        } else {
            servers.beginDeletion(id);
            truth.goes(id);
            timeline.in(faults.work(), () -> {
                servers.remove(id);
                observe();
            });
        }
        observe();
    }

    /** {@code DeleteBackup} takes effect, or is refused. */
    DeletionResult delete(String id, SimulatedFaults faults) {
        if (backup(id).filter(SimulatedService::isDeletable).isEmpty()) {
            return servers.delete(id);
        }
        if (runsCommands) {
            return sendDeletion(id, faults);
        }
        goes(id, faults);
        return new DeletionResult.Deleted();
    }

    /** A command deletes it, or fails at that; meanwhile it is DELETING. */
    private DeletionResult sendDeletion(String id, SimulatedFaults faults) {
        boolean fails = faults.happens(Fault.BACKUP_FAILS);
        servers.beginDeletion(id);
        timeline.in(faults.work(), () -> {
            if (fails) {
                timeline.tally.count(Tried.DELETION_FAILS);
                servers.failDeletion(id);
            } else {
                servers.remove(id);
            }
            observe();
            timeline.trace("service", () -> "the deletion of " + id + (fails ? " has failed" : " has succeeded"));
        });
        return new DeletionResult.Accepted("deletion-of-" + id, Optional.empty());
    }

    /** Shown or not. */
    Optional<Backup> backup(String id) {
        return servers.all().stream().filter(one -> one.id().equals(id)).findFirst();
    }

    static boolean isDeletable(Backup backup) {
        return backup.status() == BackupStatus.OK || backup.status() == BackupStatus.FAILED;
    }

    void observe() {
        truth.observe(servers.all());
    }

    /** A command has ended, or is said to have. */
    void ended(ServerName server) {
        observe();
        whenEnded.accept(server);
    }
}
