package dev.serverbackup.retention;

import static dev.serverbackup.Samples.*;

import dev.serverbackup.ManualClock;
import dev.serverbackup.audit.AttemptId;
import dev.serverbackup.audit.Entry;
import dev.serverbackup.audit.FollowUpRepository;
import dev.serverbackup.audit.FollowUpRepository.OpenEntries;
import dev.serverbackup.audit.ForwardingFollowUpRepository;
import dev.serverbackup.audit.InMemoryAuditRepository;
import dev.serverbackup.audit.InMemoryFollowUpRepository;
import dev.serverbackup.audit.InMemoryVerificationRepository;
import dev.serverbackup.audit.PastBackup;
import dev.serverbackup.backup.Backup;
import dev.serverbackup.backup.BackupBackend;
import dev.serverbackup.backup.BackupError;
import dev.serverbackup.backup.BackupResult;
import dev.serverbackup.backup.BackupStatus;
import dev.serverbackup.backup.FakeBackupService;
import dev.serverbackup.backup.FakeUpkeep;
import dev.serverbackup.followup.FollowUp;
import dev.serverbackup.followup.FollowUpReport;
import dev.serverbackup.metrics.Metrics;
import dev.serverbackup.notification.InMemoryNotificationPublisher;
import dev.serverbackup.request.RunId;
import dev.serverbackup.request.ServerName;
import dev.serverbackup.run.Backoff;
import dev.serverbackup.run.Deadline;
import dev.serverbackup.run.RateLimiter;
import dev.serverbackup.run.RunDependencies;
import dev.serverbackup.run.SequentialWorkers;
import dev.serverbackup.run.Timeouts;
import dev.serverbackup.server.Server;
import dev.serverbackup.verification.VerificationPlan;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** Servers with a past, and the upkeep that finds them. Nothing lasts but what is said to. */
public final class RetentionScene {
    public static final Timeouts TERMS = new Timeouts(
            Duration.ofSeconds(15),
            Duration.ofSeconds(45),
            Duration.ofMinutes(2),
            Duration.ofMinutes(1),
            Duration.ofHours(1),
            Duration.ofDays(1));

    public final ManualClock clock = new ManualClock(TWO_O_CLOCK);
    public final FakeBackupService service = new FakeBackupService(clock);
    public final FakeUpkeep upkeep = new FakeUpkeep(service.servers());
    public final InMemoryAuditRepository audit = new InMemoryAuditRepository();
    public final InMemoryFollowUpRepository repository = new InMemoryFollowUpRepository(audit);
    public final InMemoryVerificationRepository verifications = new InMemoryVerificationRepository(audit, repository);
    public final InMemoryNotificationPublisher notifications = new InMemoryNotificationPublisher(clock);
    final Counted counted = new Counted();
    public final List<String> gauges = new ArrayList<>();
    private final RetentionPolicy policy;
    private RateLimiter rateLimiter = _ -> true;
    private Optional<Figures> figures = Optional.empty();
    private Runnable beforeIntention = () -> {};
    private int runs;

    private RetentionScene(RetentionPolicy policy) {
        this.policy = policy;
    }

    /** What the setting says, in UTC. */
    public static RetentionPolicy policy(String rules) {
        return new RetentionPolicy(RetentionRule.parse(rules), ZoneId.of("UTC"), false);
    }

    /** The same, as a dry run. */
    public static RetentionPolicy dryRun(String rules) {
        return new RetentionPolicy(RetentionRule.parse(rules), ZoneId.of("UTC"), true);
    }

    public static RetentionScene keeping(int backups) {
        return new RetentionScene(policy(String.valueOf(backups)));
    }

    public static RetentionScene only(RetentionPolicy policy) {
        return new RetentionScene(policy);
    }

    /** So many calls, and not one more. */
    public void turns(int many) {
        int[] left = {many};
        rateLimiter = _ -> left[0]-- > 0;
    }

    public void figures(int open, Instant oldest, Instant lastSuccess) {
        figures = Optional.of(new Figures(new OpenEntries(open, Optional.of(oldest)), lastSuccess));
    }

    /** A backup of the next run succeeds, an hour after the one before. */
    public Entry success(Server server) {
        RunId runId = new RunId("run-" + ++runs);
        Backup backup = goodBackup(server, runId.value());
        return ended(audit, runId, server, backup, Optional.empty(), clock.instant());
    }

    /** The next run has no luck with the server. */
    public Entry failure(Server server) {
        RunId runId = new RunId("run-" + ++runs);
        Entry pending = Entry.pending(runId, BackupBackend.OPSWORKS_CM, server, clock.instant());
        Entry failed = pending.failed(BUSY, clock.instant());
        audit.create(pending);
        audit.replace(pending, failed);
        return failed;
    }

    /** A manual backup that no entry speaks of. */
    Backup goodBackup(Server server, String runId) {
        clock.move(Duration.ofHours(1));
        service.servers().add(server.name());
        BackupResult result = service.servers().create(server.name(), "by hand [run " + runId + "]");
        service.servers().finish(server.name());
        String id = ((BackupResult.Started) result).backup().id();
        return service.servers().all().stream()
                .filter(backup -> backup.id().equals(id))
                .findFirst()
                .orElseThrow();
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

    Retention retention() {
        return new Retention(
                dependencies(), new Watched(), verifications, policy, upkeep, rateLimiter, deadline(), counted);
    }

    /** With five minutes to spend. */
    void retain(Entry ended) {
        retention().after(ended);
    }

    /** For as long as a pass takes. */
    public RateLimiter rateLimiter() {
        return rateLimiter;
    }

    /** What {@link #figures} and {@link #beforeEachIntention} change. */
    public FollowUpRepository watched() {
        return new Watched();
    }

    /** A whole pass, one row after the other. */
    public FollowUpReport pass() {
        return new FollowUp(
                        dependencies(),
                        new Watched(),
                        notifications,
                        new SequentialWorkers(),
                        policy,
                        upkeep,
                        upkeep,
                        new VerificationPlan(verifications, Optional.empty(), Duration.ZERO),
                        Optional.empty(),
                        Optional.empty())
                .pass(rateLimiter, deadline());
    }

    /** Comes before each write of a deletion. */
    public void beforeEachIntention(Runnable event) {
        beforeIntention = event;
    }

    /** Five minutes from now. */
    public Deadline deadline() {
        return new Deadline(clock.instant().plus(Duration.ofMinutes(5)));
    }

    public RunDependencies dependencies() {
        return new RunDependencies(
                audit,
                BackupBackend.OPSWORKS_CM,
                service,
                TERMS,
                new Backoff(TERMS.retryDelay(), new Random(4711)),
                clock,
                () -> new AttemptId("attempt"),
                new ToldMetrics());
    }

    /** What retention has counted. */
    static final class Counted implements Retention.Counters {
        private int deleted;
        private int wouldDelete;

        @Override
        public synchronized void deleted() {
            deleted++;
        }

        @Override
        public synchronized void wouldDelete() {
            wouldDelete++;
        }

        synchronized int allDeleted() {
            return deleted;
        }

        synchronized int allSpared() {
            return wouldDelete;
        }
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

    private record Figures(OpenEntries open, Instant lastSuccess) {}

    private final class ToldMetrics extends Metrics.None {
        @Override
        public void openEntries(int count, Duration oldestAge) {
            gauges.add("open %d, oldest %s".formatted(count, oldestAge));
        }

        @Override
        public void manualBackups(int used, int maximum) {
            gauges.add("manual %d of %d".formatted(used, maximum));
        }

        @Override
        public void verificationFailed() {
            gauges.add("VerificationsFailed");
        }

        @Override
        public void oldestLastSuccess(Duration age) {
            gauges.add("last success " + age);
        }
    }

    private final class Watched extends ForwardingFollowUpRepository {
        private Watched() {
            super(repository);
        }

        @Override
        public boolean intendDeletion(PastBackup backup, Instant at, String rules) {
            beforeIntention.run();
            return super.intendDeletion(backup, at, rules);
        }

        @Override
        public OpenEntries openEntries() {
            return figures.map(Figures::open).orElseGet(super::openEntries);
        }

        @Override
        public Optional<Instant> withoutSuccessSince(ServerName server) {
            return figures.map(Figures::lastSuccess).or(() -> super.withoutSuccessSince(server));
        }
    }
}
