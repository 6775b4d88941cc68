package dev.serverbackup.run;

import static dev.serverbackup.Samples.*;

import dev.serverbackup.HandMovedClock;
import dev.serverbackup.audit.AttemptId;
import dev.serverbackup.audit.AuditTrail;
import dev.serverbackup.audit.Entry;
import dev.serverbackup.audit.FailingAuditTrail;
import dev.serverbackup.audit.InMemoryAuditTrail;
import dev.serverbackup.backup.Backup;
import dev.serverbackup.backup.BackupBackend;
import dev.serverbackup.backup.BackupResult;
import dev.serverbackup.backup.BackupService;
import dev.serverbackup.backup.FakeBackupService;
import dev.serverbackup.backup.Listing;
import dev.serverbackup.backup.Lookup;
import dev.serverbackup.fleet.Fleet;
import dev.serverbackup.fleet.Server;
import dev.serverbackup.fleet.Targets;
import dev.serverbackup.metrics.Metrics;
import dev.serverbackup.request.BackupRequest;
import dev.serverbackup.request.RunId;
import dev.serverbackup.request.ServerName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A fleet, a service, an audit and a clock: what a delivery meets. */
final class Scene {
    static final Terms TERMS = new Terms(
            Duration.ofSeconds(15),
            Duration.ofSeconds(45),
            Duration.ofMinutes(2),
            Duration.ofMinutes(1),
            Duration.ofHours(1),
            Duration.ofDays(1));

    final HandMovedClock clock = new HandMovedClock(TWO_O_CLOCK);
    final FakeBackupService service = new FakeBackupService(clock);
    final AuditTrail table = new InMemoryAuditTrail();
    final FailingAuditTrail audit = new FailingAuditTrail(table);
    final List<String> told = new ArrayList<>();
    private List<Server> fleet = List.of();
    private Pace pace = _ -> true;
    private Runnable beforeCall = () -> {};
    private int attempts;

    /** A scene whose selector finds these servers, all healthy. */
    static Scene of(Server... servers) {
        Scene scene = new Scene();
        scene.fleetBecomes(servers);
        return scene;
    }

    void fleetBecomes(Server... servers) {
        fleet = List.of(servers);
        fleet.forEach(server -> service.servers().add(server.name()));
    }

    void paceBecomes(Pace other) {
        pace = other;
    }

    /** Happens between the claim and the call. */
    void beforeCall(Runnable event) {
        beforeCall = event;
    }

    /** The next worker that has claimed stands still for so long before it calls. */
    void freezeAfterClaim(Duration frozen) {
        beforeCall(() -> {
            beforeCall = () -> {};
            later(frozen);
        });
    }

    void later(Duration by) {
        clock.move(by);
    }

    /** Delivers the nightly event, with fifteen minutes to spend. */
    RunReport deliver() {
        return deliver(request(NIGHTLY));
    }

    RunReport deliver(BackupRequest request) {
        return deliver(request, Duration.ofMinutes(15));
    }

    RunReport deliver(BackupRequest request, Duration timeLeft) {
        return deliver(request, timeLeft, _ -> found(fleet));
    }

    RunReport deliver(BackupRequest request, Duration timeLeft, Fleet selection) {
        Services services = new Services(
                audit,
                BackupBackend.OPSWORKS_CM,
                new Interrupted(),
                TERMS,
                new Backoff(TERMS.retryDelay(), new Random(4711)),
                clock,
                () -> new AttemptId("attempt-" + ++attempts),
                new ToldMetrics());
        Deadline deadline = new Deadline(clock.instant().plus(timeLeft));
        return new BackupRun(selection, services, new SequentialWorkers()).run(request, pace, deadline);
    }

    static Targets found(List<Server> servers) {
        return new Targets(servers, List.of(), List.of());
    }

    Entry entry(Server server) {
        return table.entry(NIGHTLY, server.name()).orElseThrow();
    }

    /** Our own backups of a server, shown or not. */
    List<Backup> ours(Server server) {
        return service.servers().all().stream()
                .filter(backup -> backup.isOf(server.name()) && isOurs(backup, NIGHTLY))
                .toList();
    }

    private static boolean isOurs(Backup backup, RunId runId) {
        return backup.description().endsWith(BackupRequest.marker(runId));
    }

    Instant now() {
        return clock.instant();
    }

    private final class Interrupted implements BackupService {
        @Override
        public BackupResult createBackup(Server server, String description, Instant sendBefore) {
            beforeCall.run();
            return service.createBackup(server, description, sendBefore);
        }

        @Override
        public Listing backupsOf(ServerName server, Instant since) {
            return service.backupsOf(server, since);
        }

        @Override
        public Lookup backup(String backupId) {
            return service.backup(backupId);
        }
    }

    private final class ToldMetrics extends Metrics.None {
        @Override
        public void targets(int count) {
            told.add(count + " targets");
        }

        @Override
        public void changed(Entry entry) {
            told.add(entry.serverName() + " " + entry.status());
        }
    }
}
