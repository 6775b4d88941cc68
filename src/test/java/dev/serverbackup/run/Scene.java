package dev.serverbackup.run;

import static dev.serverbackup.Samples.*;

import dev.serverbackup.ManualClock;
import dev.serverbackup.audit.AttemptId;
import dev.serverbackup.audit.AuditRepository;
import dev.serverbackup.audit.Entry;
import dev.serverbackup.audit.FailingAuditRepository;
import dev.serverbackup.audit.InMemoryAuditRepository;
import dev.serverbackup.backup.Backup;
import dev.serverbackup.backup.BackupBackend;
import dev.serverbackup.backup.BackupResult;
import dev.serverbackup.backup.BackupService;
import dev.serverbackup.backup.FakeBackupService;
import dev.serverbackup.backup.FindResult;
import dev.serverbackup.backup.ListResult;
import dev.serverbackup.metrics.Metrics;
import dev.serverbackup.request.BackupRequest;
import dev.serverbackup.request.RunId;
import dev.serverbackup.request.ServerName;
import dev.serverbackup.server.Server;
import dev.serverbackup.server.ServerResolver;
import dev.serverbackup.server.Targets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;

/** A fleet, a service, an audit and a clock: what a delivery meets. */
final class Scene {
    static final Timeouts TERMS = new Timeouts(
            Duration.ofSeconds(15),
            Duration.ofSeconds(45),
            Duration.ofMinutes(2),
            Duration.ofMinutes(1),
            Duration.ofHours(1),
            Duration.ofDays(1));

    final ManualClock clock = new ManualClock(TWO_O_CLOCK);
    final FakeBackupService service = new FakeBackupService(clock);
    final AuditRepository table = new InMemoryAuditRepository();
    final FailingAuditRepository audit = new FailingAuditRepository(table);
    final List<String> told = new ArrayList<>();
    private List<Server> fleet = List.of();
    private RateLimiter rateLimiter = _ -> true;
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

    void limitRateBy(RateLimiter other) {
        rateLimiter = other;
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

    RunReport deliver(BackupRequest request, Duration timeLeft, ServerResolver selection) {
        RunDependencies dependencies = new RunDependencies(
                audit,
                BackupBackend.OPSWORKS_CM,
                new Interrupted(),
                TERMS,
                new Backoff(TERMS.retryDelay(), new Random(4711)),
                clock,
                () -> new AttemptId("attempt-" + ++attempts),
                new ToldMetrics());
        Deadline deadline = new Deadline(clock.instant().plus(timeLeft));
        return new BackupRun(selection, dependencies, new SequentialWorkers()).run(request, rateLimiter, deadline);
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
        public void prepare(Collection<Server> servers, BooleanSupplier turn) {
            service.prepare(servers, turn);
        }

        @Override
        public BackupResult createBackup(Server server, String description, Instant sendBefore) {
            beforeCall.run();
            return service.createBackup(server, description, sendBefore);
        }

        @Override
        public ListResult backupsOf(ServerName server, Instant since) {
            return service.backupsOf(server, since);
        }

        @Override
        public FindResult backup(String backupId) {
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
