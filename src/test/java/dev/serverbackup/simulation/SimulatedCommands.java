package dev.serverbackup.simulation;

import dev.serverbackup.backup.Backup;
import dev.serverbackup.backup.BackupStatus;
import dev.serverbackup.backup.ErrorType;
import dev.serverbackup.backup.FakeServers;
import dev.serverbackup.request.ServerName;
import dev.serverbackup.simulation.Tally.Tried;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What becomes of a Run Command command after it was accepted: its document begins late or never, may find the server
 * busy and refuse, and may run again; and Systems Manager's status may say something else than what happened.
 */
final class SimulatedCommands {
    /** A member of a backup whose document has printed a refusal, while its command has not ended. */
    static final String PRINTED_REFUSAL = "PrintedRefusal";

    private static final long DELIVERY = Duration.ofMinutes(10).toMillis();
    /** A command of a dead agent ends after its delivery's and its execution's time. */
    private static final long DEAD_AGENT = Duration.ofMinutes(370).toMillis();

    private static final String BUSY = "another backup runs on this server";

    private final Timeline timeline;
    private final SimulatedService service;
    private final Invariants invariants;
    private final BrokenRule broken;
    private final Map<ServerName, String> locks = new HashMap<>();
    private final Set<String> refused = new HashSet<>();

    SimulatedCommands(SimulatedSystem system) {
        this.timeline = system.timeline;
        this.service = system.service;
        this.invariants = system.invariants;
        this.broken = system.broken;
    }

    /** One command, and the chance that decides on it. */
    private record Sent(RunTarget target, Backup backup, SimulatedFaults faults, long beginBefore) {
        String id() {
            return backup.id();
        }

        ServerName server() {
            return target.server();
        }
    }

    void accepted(RunTarget target, Backup backup, SimulatedFaults faults) {
        Sent sent = new Sent(target, backup, faults, timeline.millis() + DELIVERY);
        if (faults.happens(Fault.BACKUP_ENDLESS)) {
            timeline.in(DEAD_AGENT, () -> says(sent, "DeliveryTimedOut"));
            return;
        }
        if (faults.happens(Fault.COMMAND_STATUS_LIES)) {
            timeline.in(faults.work(), () -> says(sent, "ExecutionTimedOut"));
        }
        timeline.in(faults.jitter(), () -> begins(sent));
    }

    /** The document on the server, for the first time or once more. */
    private void begins(Sent sent) {
        if (refused.contains(sent.id()) && !broken.documentForgetsRefusals) {
            return;
        }
        if (timeline.millis() >= sent.beginBefore() || isBusy(sent)) {
            refuses(sent);
            return;
        }
        if (refused.remove(sent.id())) {
            invariants.accepted(sent.target(), sent.backup());
        }
        locks.put(sent.server(), sent.id());
        SimulatedFaults faults = sent.faults();
        boolean interrupted = faults.happens(Fault.COMMAND_RUNS_AGAIN);
        boolean fails = faults.happens(Fault.BACKUP_FAILS);
        long work = faults.workOrLate();
        timeline.in(work, () -> {
            locks.remove(sent.server(), sent.id());
            if (interrupted) {
                timeline.in(faults.work(), () -> begins(sent));
            } else {
                ends(sent, fails);
            }
        });
    }

    /** By the lock, by the vendor's own tool, or because another backup runs. */
    private boolean isBusy(Sent sent) {
        return isLocked(sent.server()) || sent.faults().happens(Fault.COMMAND_BUSY);
    }

    /** Whether a command of ours has the lock, or another backup runs. */
    boolean isLocked(ServerName server) {
        boolean other = service.servers.all().stream()
                .anyMatch(one ->
                        one.isOf(server) && one.status() == BackupStatus.IN_PROGRESS && invariants.isForeign(one.id()));
        return locks.containsKey(server) || other;
    }

    /** A command that makes no backup takes the lock. */
    void lock(ServerName server, String command) {
        locks.put(server, command);
    }

    void unlock(ServerName server, String command) {
        locks.remove(server, command);
    }

    /** Noted before it is printed; the command ends some time after. */
    private void refuses(Sent sent) {
        timeline.tally.count(Tried.REFUSED_AFTERWARDS);
        refused.add(sent.id());
        invariants.refused(sent.target(), sent.id());
        service.servers.change(sent.id(), backup -> backup.with(PRINTED_REFUSAL, true));
        SimulatedFaults faults = sent.faults();
        timeline.in(untilItEnds(sent), () -> {
            service.servers.change(
                    sent.id(), backup -> FakeServers.failedAs(backup, ErrorType.INVALID_STATE.name(), BUSY, false));
            timeline.trace("service", () -> sent.id() + " has refused");
            service.ended(sent.server());
            if (faults.happens(Fault.COMMAND_RUNS_AGAIN)) {
                timeline.in(faults.happens(0.5) ? faults.work() : faults.freeze(), () -> begins(sent));
            }
        });
    }

    /**
     * Some agents take long to report the end, while what is told of an earlier command has looked at this one: its
     * line is printed then, and does not count yet.
     */
    private long untilItEnds(Sent sent) {
        SimulatedFaults faults = sent.faults();
        if (!faults.happens(0.5)) {
            return faults.happens(0.5) ? faults.jitter() : faults.work();
        }
        timeline.in(faults.jitter(), () -> service.ended(sent.server()));
        return faults.freeze();
    }

    private void ends(Sent sent, boolean fails) {
        service.servers.change(sent.id(), backup -> {
            if (backup.status() == BackupStatus.DELETING) {
                return backup;
            }
            return fails
                    ? FakeServers.failedAs(backup, ErrorType.BACKUP_FAILED.name(), "the disk is full", false)
                    : backup.with(Backup.STATUS, BackupStatus.OK.name()).with(Backup.EFFECT_UNKNOWN, false);
        });
        timeline.trace("service", () -> sent.id() + (fails ? " has failed" : " is finished"));
        service.ended(sent.server());
    }

    /** What is not true of it, or not known: the document's line is not there. */
    private void says(Sent sent, String status) {
        service.servers.change(
                sent.id(),
                backup -> backup.status() == BackupStatus.IN_PROGRESS && !refused.contains(sent.id())
                        ? FakeServers.failedAs(backup, status, "the command ended as " + status, true)
                        : backup);
        timeline.trace("service", () -> sent.id() + " is said to have ended as " + status);
        service.ended(sent.server());
    }
}
