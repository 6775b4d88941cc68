package dev.serverbackup;

import static dev.serverbackup.Samples.*;

import dev.serverbackup.audit.AttemptId;
import dev.serverbackup.audit.Entry;
import dev.serverbackup.audit.FailingAuditRepository;
import dev.serverbackup.audit.FollowUpRepository;
import dev.serverbackup.audit.InMemoryAuditRepository;
import dev.serverbackup.audit.InMemoryFollowUpRepository;
import dev.serverbackup.audit.InMemoryVerificationRepository;
import dev.serverbackup.audit.Run;
import dev.serverbackup.backup.Backup;
import dev.serverbackup.backup.BackupBackend;
import dev.serverbackup.backup.BackupDeletion;
import dev.serverbackup.backup.BackupError;
import dev.serverbackup.backup.BackupResult;
import dev.serverbackup.backup.BackupService;
import dev.serverbackup.backup.BackupStates;
import dev.serverbackup.backup.BackupStatus;
import dev.serverbackup.backup.FakeBackupDeletion;
import dev.serverbackup.backup.FakeBackupService;
import dev.serverbackup.backup.FindResult;
import dev.serverbackup.backup.ListResult;
import dev.serverbackup.followup.FollowUp;
import dev.serverbackup.followup.FollowUpReport;
import dev.serverbackup.metrics.Metrics;
import dev.serverbackup.notification.InMemoryNotificationPublisher;
import dev.serverbackup.request.BackupRequest;
import dev.serverbackup.request.RunId;
import dev.serverbackup.request.ServerName;
import dev.serverbackup.retention.Retention;
import dev.serverbackup.retention.RetentionPolicy;
import dev.serverbackup.retention.RetentionRule;
import dev.serverbackup.run.Backoff;
import dev.serverbackup.run.BackupRun;
import dev.serverbackup.run.Deadline;
import dev.serverbackup.run.RateLimiter;
import dev.serverbackup.run.RunDependencies;
import dev.serverbackup.run.RunReport;
import dev.serverbackup.run.SequentialWorkers;
import dev.serverbackup.run.Timeouts;
import dev.serverbackup.server.Server;
import dev.serverbackup.server.ServerResolver;
import dev.serverbackup.server.Targets;
import dev.serverbackup.verification.VerificationPlan;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.BooleanSupplier;

/** Run and follow-up over doubles in memory, at two o'clock. They take one server, or row, after the other. */
public final class InMemoryApplication {
    public static final Timeouts TIMEOUTS = new Timeouts(
            Duration.ofSeconds(15),
            Duration.ofSeconds(45),
            Duration.ofMinutes(2),
            Duration.ofMinutes(1),
            Duration.ofHours(1),
            Duration.ofDays(1));
    /** What an invocation has. */
    public static final Duration QUARTER = Duration.ofMinutes(15);

    public final ManualClock clock = new ManualClock(TWO_O_CLOCK);
    public final FakeBackupService service = new FakeBackupService(clock);
    public final FakeBackupDeletion deletions = new FakeBackupDeletion(service.servers());
    public final InMemoryAuditRepository audit = new InMemoryAuditRepository();
    /** The same, as the code under test sees it. */
    public final FailingAuditRepository failingAudit = new FailingAuditRepository(audit);

    public final InMemoryFollowUpRepository repository = new InMemoryFollowUpRepository(audit);
    public final InMemoryVerificationRepository verifications = new InMemoryVerificationRepository(audit, repository);
    public final InMemoryNotificationPublisher notifications = new InMemoryNotificationPublisher(clock);
    public final List<String> measured = new ArrayList<>();
    public final RetentionPolicy policy;
    private List<Server> fleet = List.of();
    private RateLimiter rateLimiter = _ -> true;
    private Runnable beforeCall = () -> {};
    private Runnable afterLook = () -> {};
    private int attempts;
    private int runs;

    public InMemoryApplication(RetentionPolicy policy) {
        this.policy = policy;
    }

    /** Whose selector finds these servers, all healthy. */
    public static InMemoryApplication over(Server... servers) {
        InMemoryApplication app = new InMemoryApplication(RetentionPolicy.OFF);
        app.fleetBecomes(servers);
        return app;
    }

    /** What the setting of retention says, in UTC. */
    public static RetentionPolicy policy(String rules) {
        return new RetentionPolicy(RetentionRule.parse(rules), ZoneId.of("UTC"), false);
    }

    public void fleetBecomes(Server... servers) {
        fleet = List.of(servers);
        fleet.forEach(server -> service.servers().add(server.name()));
    }

    public void limitRateBy(RateLimiter other) {
        rateLimiter = other;
    }

    /** So many calls, and not one more. */
    public void turns(int many) {
        int[] left = {many};
        rateLimiter = _ -> left[0]-- > 0;
    }

    public RateLimiter rateLimiter() {
        return rateLimiter;
    }

    /** Happens between a claim and its call. */
    public void beforeCall(Runnable event) {
        beforeCall = event;
    }

    /** Happens between a look at one backup and what comes of it. */
    public void afterLook(Runnable event) {
        afterLook = event;
    }

    public void later(Duration by) {
        clock.move(by);
    }

    public Instant now() {
        return clock.instant();
    }

    public Deadline deadline(Duration timeLeft) {
        return new Deadline(now().plus(timeLeft));
    }

    public RunDependencies dependencies() {
        return new RunDependencies(
                failingAudit,
                BackupBackend.OPSWORKS_CM,
                new EventsBetweenCalls(),
                TIMEOUTS,
                new Backoff(TIMEOUTS.retryDelay(), new Random(4711)),
                clock,
                () -> new AttemptId("attempt-" + ++attempts),
                new MeasuredMetrics());
    }

    /** Delivers the nightly event. */
    public RunReport deliver() {
        return deliver(request(NIGHTLY));
    }

    public RunReport deliver(BackupRequest request) {
        return deliver(request, _ -> found(fleet));
    }

    public RunReport deliver(BackupRequest request, ServerResolver selection) {
        return deliver(request, QUARTER, selection);
    }

    /** Delivers the nightly event to an invocation that has so much time. */
    public RunReport deliver(Duration timeLeft) {
        return deliver(request(NIGHTLY), timeLeft, _ -> found(fleet));
    }

    private RunReport deliver(BackupRequest request, Duration timeLeft, ServerResolver selection) {
        return new BackupRun(selection, dependencies(), new SequentialWorkers())
                .run(request, rateLimiter, deadline(timeLeft));
    }

    public static Targets found(List<Server> servers) {
        return new Targets(servers, List.of(), List.of());
    }

    /** Opens the nightly run over these servers, with entries of now; nothing is attempted. */
    public Run open(Server... servers) {
        Run run = run(servers);
        audit.open(run);
        for (Server server : servers) {
            service.servers().add(server.name());
            audit.create(Entry.pending(NIGHTLY, BackupBackend.OPSWORKS_CM, server, now()));
        }
        return run;
    }

    public FollowUpReport pass() {
        return pass(repository, QUARTER);
    }

    public FollowUpReport pass(FollowUpRepository rows, Duration timeLeft) {
        return followUp(rows).pass(rateLimiter, deadline(timeLeft));
    }

    public FollowUpReport passLater(Duration later) {
        clock.move(later);
        return pass();
    }

    /** The pass after an event which says that a backup of the server has ended. */
    public FollowUpReport passOver(Server server, Duration timeLeft) {
        return followUp(repository).passOver(server.name(), rateLimiter, deadline(timeLeft));
    }

    private FollowUp followUp(FollowUpRepository rows) {
        return new FollowUp(
                dependencies(),
                rows,
                notifications,
                new SequentialWorkers(),
                policy,
                deletions,
                deletions,
                new VerificationPlan(verifications, Optional.empty(), Duration.ZERO),
                Optional.empty(),
                Optional.empty());
    }

    public Retention retention(
            RunDependencies dependencies,
            FollowUpRepository rows,
            RetentionPolicy rules,
            BackupDeletion deletion,
            Deadline deadline) {
        Retention.Counters counters = new Retention.Counters() {
            @Override
            public void deleted() {
                measured.add("deleted");
            }

            @Override
            public void wouldDelete() {
                measured.add("would delete");
            }
        };
        return new Retention(dependencies, rows, verifications, rules, deletion, rateLimiter, deadline, counters);
    }

    /** A backup of the next run succeeds, an hour after the one before. */
    public Entry success(Server server) {
        clock.move(Duration.ofHours(1));
        service.servers().add(server.name());
        RunId runId = new RunId("run-" + ++runs);
        service.servers().create(server.name(), "by hand [run " + runId + "]");
        service.servers().finish(server.name());
        return ended(audit, runId, server, service.servers().all().getLast(), Optional.empty(), now());
    }

    /** The next run fails on the server. */
    public Entry failure(Server server) {
        Entry pending = Entry.pending(new RunId("run-" + ++runs), BackupBackend.OPSWORKS_CM, server, now());
        Entry failed = pending.failed(BUSY, now());
        audit.create(pending);
        audit.replace(pending, failed);
        return failed;
    }

    /**
     * A run's backup of a server has ended, and the audit says how.
     *
     * @param failure absent: it has succeeded
     */
    public static Entry ended(
            InMemoryAuditRepository audit,
            RunId runId,
            Server server,
            Backup backup,
            Optional<BackupError> failure,
            Instant at) {
        Entry pending = Entry.pending(runId, BackupBackend.OPSWORKS_CM, server, at);
        Entry claimed = pending.claimed(FIRST, at.plusSeconds(120));
        Entry started = claimed.started(backup, at);
        Entry ended = failure.map(error -> started.failed(error, at)).orElseGet(() -> started.succeeded(backup, at));
        audit.create(pending);
        audit.replace(pending, claimed);
        audit.replace(claimed, started);
        audit.replace(started, ended);
        return ended;
    }

    /** The nightly run's entry. */
    public Entry entry(Server server) {
        return audit.entry(NIGHTLY, server.name()).orElseThrow();
    }

    /** How the nightly run's entry stands: its status, the type of its error, and whether there may be a backup all the same. */
    public String standing(Server server) {
        Entry entry = entry(server);
        return entry.error()
                .map(error -> "%s %s%s"
                        .formatted(
                                entry.status(), error.type().name(), error.effectUnknown() ? ", effect unknown" : ""))
                .orElse(entry.status().name());
    }

    /** The nightly run's own backups of a server, shown or not. */
    public List<Backup> ours(Server server) {
        return service.servers().all().stream()
                .filter(backup ->
                        backup.isOf(server.name()) && backup.description().endsWith(BackupRequest.marker(NIGHTLY)))
                .toList();
    }

    /** The good backups that the service still has, oldest first. */
    public List<String> good(Server server) {
        return service.servers().all().stream()
                .filter(backup -> backup.isOf(server.name()) && backup.status() == BackupStatus.OK)
                .map(Backup::id)
                .toList();
    }

    public static String idOf(Entry entry) {
        return entry.backup().orElseThrow().id();
    }

    private final class EventsBetweenCalls implements BackupService {
        @Override
        public void prepare(Collection<Server> servers, BooleanSupplier permit) {
            service.prepare(servers, permit);
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
            FindResult seen = service.backup(backupId);
            afterLook.run();
            return seen;
        }

        @Override
        public BackupStates states(Instant since, BooleanSupplier turn) {
            return service.states(since, turn);
        }
    }

    private final class MeasuredMetrics extends Metrics.None {
        @Override
        public void targets(int count) {
            measured.add(count + " targets");
        }

        @Override
        public void changed(Entry entry) {
            measured.add(entry.serverName() + " " + entry.status());
        }

        @Override
        public void openEntries(int count, Duration oldestAge) {
            measured.add("open %d, oldest %s".formatted(count, oldestAge));
        }

        @Override
        public void manualBackups(int used, int maximum) {
            measured.add("manual %d of %d".formatted(used, maximum));
        }

        @Override
        public void verificationFailed() {
            measured.add("VerificationsFailed");
        }

        @Override
        public void missedSlot() {
            measured.add("a missed slot");
        }

        @Override
        public void oldestLastSuccess(Duration age) {
            measured.add("last success " + age);
        }
    }
}
