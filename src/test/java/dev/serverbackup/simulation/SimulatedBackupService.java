package dev.serverbackup.simulation;

import dev.serverbackup.audit.Entry;
import dev.serverbackup.backup.Backup;
import dev.serverbackup.backup.BackupDeletion;
import dev.serverbackup.backup.BackupError;
import dev.serverbackup.backup.BackupQuota;
import dev.serverbackup.backup.BackupResult;
import dev.serverbackup.backup.BackupService;
import dev.serverbackup.backup.BackupStates;
import dev.serverbackup.backup.BackupStatus;
import dev.serverbackup.backup.DeletionResult;
import dev.serverbackup.backup.ErrorType;
import dev.serverbackup.backup.FindResult;
import dev.serverbackup.backup.ListResult;
import dev.serverbackup.backup.Quota;
import dev.serverbackup.request.RunId;
import dev.serverbackup.request.ServerName;
import dev.serverbackup.server.Server;
import dev.serverbackup.simulation.Tally.Tried;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * One worker's way to the service. Like the real adapter it looks at the clock right before each transmission, sends
 * again on throttling only, and gives up after the call's time-out; what it sent takes effect whether it still waits or
 * not.
 */
final class SimulatedBackupService implements BackupService, BackupDeletion, BackupQuota {
    private static final int TRANSMISSIONS = 5;
    private static final int PAGE = 2;
    private static final long CALL = Scenario.TIMEOUTS.callTimeout().toMillis();
    private static final BackupError LOST = BackupError.doubtful(ErrorType.NO_ANSWER, "no answer in time");
    private static final BackupError THROTTLED = BackupError.known(ErrorType.THROTTLING, "rate exceeded");
    private static final BackupError DENIED = BackupError.known(ErrorType.ACCESS_DENIED, "not authorized");
    private static final BackupError BUSY = BackupError.known(ErrorType.INVALID_STATE, "the server is BACKING_UP");

    private final SimulatedService service;
    private final SimulatedSystem system;
    private final Worker worker;
    private final Timeline timeline;

    SimulatedBackupService(SimulatedSystem system, Worker worker) {
        this.service = system.service;
        this.system = system;
        this.worker = worker;
        this.timeline = system.timeline;
    }

    @Override
    public BackupResult createBackup(Server called, String description, Instant sendBefore) {
        ServerName server = called.name();
        return worker.step("call", server, () -> {
            Optional<BackupResult> refusal = service.runsCommands ? admission(server) : Optional.empty();
            if (refusal.isPresent()) {
                return refusal.get();
            }
            long giveUp = timeline.millis() + CALL;
            for (int transmission = 1; ; transmission++) {
                if (!worker.instant().isBefore(sendBefore)) {
                    worker.count(Tried.NOT_SENT);
                    return new BackupResult.NotSent();
                }
                if (!worker.happens(Fault.THROTTLED)) {
                    return send(server, description, giveUp);
                }
                worker.pause(worker.faults.delay() + worker.faults.nextLong(3_000));
                if (timeline.millis() >= giveUp) {
                    return new BackupResult.Doubtful(LOST);
                }
                if (transmission == TRANSMISSIONS) {
                    return new BackupResult.Refused(THROTTLED);
                }
            }
        });
    }

    /** Run Command locks no server: the adapter looks before it sends, at a list that may be old. */
    private Optional<BackupResult> admission(ServerName server) {
        boolean fails = worker.happens(Fault.LOOK_FAILS);
        boolean busy = service.servers.shown(server) instanceof ListResult.Backups listed
                && listed.backups().stream().anyMatch(one -> one.status() == BackupStatus.IN_PROGRESS)
                && !worker.happens(Fault.OLD_LIST);
        if (busy) {
            worker.count(Tried.REFUSED_AS_BUSY);
        }
        worker.pause(worker.faults.delay());
        return fails || busy ? Optional.of(new BackupResult.Refused(fails ? THROTTLED : BUSY)) : Optional.empty();
    }

    private BackupResult send(ServerName server, String description, long giveUp) {
        RunTarget target = new RunTarget(runOf(description), server);
        system.invariants.sent(target, worker.lastAttempt(), system.table, worker.isPass);
        worker.count(Tried.SENT);
        BackupResult lost = new BackupResult.Doubtful(LOST);
        return worker.send(giveUp, lost, (hasEffect, hidden) -> {
            system.invariants.ended(target);
            return hasEffect ? takeEffect(target, description, hidden) : lost;
        });
    }

    /** As the marker says. */
    private static RunId runOf(String description) {
        return new RunId(description.substring(description.lastIndexOf(' ') + 1, description.length() - 1));
    }

    private boolean isRecorded(RunTarget target, Backup backup) {
        return system.table
                .entry(target.runId(), target.server())
                .flatMap(Entry::backup)
                .filter(recorded -> recorded.id().equals(backup.id()))
                .isPresent();
    }

    private BackupResult takeEffect(RunTarget target, String description, Duration hidden) {
        BackupResult result = service.create(target.server(), description, hidden);
        if (result instanceof BackupResult.Started started) {
            worker.count(Tried.ACCEPTED);
            system.invariants.accepted(target, started.backup());
            service.mayVanish(started.backup(), worker.faults, () -> isRecorded(target, started.backup()));
            if (service.runsCommands) {
                system.commands.accepted(target, started.backup(), worker.faults);
            } else {
                service.live(target.server(), worker.faults);
            }
        } else {
            worker.count(service.servers.isBusy(target.server()) ? Tried.REFUSED_AS_BUSY : Tried.REFUSED_AS_FULL);
        }
        return result;
    }

    @Override
    public ListResult backupsOf(ServerName server, Instant since) {
        return look(
                "look at",
                server,
                () -> maybeOld(service.servers.shown(server)),
                new ListResult.Unavailable(THROTTLED));
    }

    private <T> T look(String name, Object about, Supplier<T> seen, T failed) {
        return worker.step(name, about, () -> worker.happens(Fault.LOOK_FAILS) ? failed : seen.get());
    }

    /** A list of commands may still show one as running that has refused: its own answer is there first. */
    private ListResult maybeOld(ListResult shown) {
        if (!service.runsCommands
                || !(shown instanceof ListResult.Backups(var backups))
                || !worker.happens(Fault.OLD_LIST)) {
            return shown;
        }
        return new ListResult.Backups(backups.stream()
                .map(one -> one.isRefusedAfterwards() ? one.with(Backup.STATUS, BackupStatus.IN_PROGRESS.name()) : one)
                .toList());
    }

    @Override
    public FindResult backup(String backupId) {
        return look("look up", backupId, () -> service.servers.shown(backupId), new FindResult.Unavailable(THROTTLED));
    }

    /** In short pages, between which others act; one that fails ends the listing. */
    @Override
    public BackupStates states(Instant since, BooleanSupplier turn) {
        Map<String, Backup> listed = new HashMap<>();
        List<Backup> all = service.servers.all();
        for (int from = 0; from < all.size() && turn.getAsBoolean(); from += PAGE) {
            List<Backup> page = all.subList(from, Math.min(from + PAGE, all.size()));
            boolean read = worker.step("list from", from, () -> {
                boolean fails = worker.happens(Fault.LOOK_FAILS);
                for (Backup one : fails ? List.<Backup>of() : page) {
                    if (service.servers.shown(one.id()) instanceof FindResult.Found(var shown)) {
                        listed.put(shown.id(), shown);
                    }
                }
                return !fails;
            });
            if (!read) {
                return states(listed, Optional.of(THROTTLED));
            }
        }
        return states(listed, Optional.empty());
    }

    private static BackupStates states(Map<String, Backup> listed, Optional<BackupError> trouble) {
        return new BackupStates(started -> Optional.ofNullable(listed.get(started.id())), trouble);
    }

    @Override
    public boolean listsAllBackups() {
        return !service.runsCommands;
    }

    @Override
    public DeletionResult delete(Backup backup, Optional<String> accepted) {
        String id = backup.id();
        return worker.step("delete", id, () -> {
            if (worker.faults.happens(Fault.THROTTLED, 0.5)) {
                return new DeletionResult.Refused(DENIED);
            }
            system.deletions.sent(id);
            worker.count(Tried.DELETION);
            DeletionResult lost = new DeletionResult.Doubtful(LOST);
            return worker.send(timeline.millis() + CALL, lost, (hasEffect, _) -> hasEffect ? takeEffect(id) : lost);
        });
    }

    private DeletionResult takeEffect(String id) {
        service.backup(id)
                .filter(SimulatedService::isDeletable)
                .ifPresent(backup -> system.deletions.deleting(backup, worker.begun));
        return service.delete(id, worker.faults);
    }

    /** Nothing depends on it; but it takes time, and may fail. */
    @Override
    public Quota manualBackups() {
        return look("look at", "quota", service.servers::manualBackups, new Quota.Unavailable(THROTTLED));
    }
}
