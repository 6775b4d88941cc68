package dev.serverbackup.followup;

import dev.serverbackup.ManualClock;
import dev.serverbackup.Samples;
import dev.serverbackup.audit.AttemptId;
import dev.serverbackup.audit.Entry;
import dev.serverbackup.audit.FollowUpRepository;
import dev.serverbackup.audit.InMemoryAuditRepository;
import dev.serverbackup.audit.InMemoryFollowUpRepository;
import dev.serverbackup.audit.InMemoryVerificationRepository;
import dev.serverbackup.audit.Run;
import dev.serverbackup.backup.BackupBackend;
import dev.serverbackup.backup.BackupError;
import dev.serverbackup.backup.ErrorType;
import dev.serverbackup.backup.FakeBackupService;
import dev.serverbackup.backup.FakeUpkeep;
import dev.serverbackup.backup.Quota;
import dev.serverbackup.metrics.Metrics;
import dev.serverbackup.notification.InMemoryNotificationPublisher;
import dev.serverbackup.retention.RetentionPolicy;
import dev.serverbackup.run.Backoff;
import dev.serverbackup.run.Deadline;
import dev.serverbackup.run.RateLimiter;
import dev.serverbackup.run.RunDependencies;
import dev.serverbackup.run.Timeouts;
import dev.serverbackup.run.VirtualThreadExecutor;
import dev.serverbackup.server.Server;
import dev.serverbackup.verification.VerificationPlan;
import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** A follow-up over fakes, at two o'clock; it takes the rows one after another, the oldest first. */
final class FollowUpHall {
    static final Timeouts TERMS = new Timeouts(
            Duration.ofSeconds(15),
            Duration.ofSeconds(45),
            Duration.ofSeconds(120),
            Duration.ofSeconds(60),
            Duration.ofMinutes(60),
            Duration.ofHours(24));

    final ManualClock clock = new ManualClock(Samples.TWO_O_CLOCK);
    final InMemoryAuditRepository audit = new InMemoryAuditRepository();
    final InMemoryFollowUpRepository repository = new InMemoryFollowUpRepository(audit);
    final FakeBackupService backups = new FakeBackupService(clock);
    final InMemoryNotificationPublisher notifications = new InMemoryNotificationPublisher(clock);
    final RunDependencies dependencies;
    private final AtomicInteger attempts = new AtomicInteger();

    FollowUpHall() {
        dependencies = new RunDependencies(
                audit,
                BackupBackend.OPSWORKS_CM,
                backups,
                TERMS,
                new Backoff(TERMS.retryDelay(), new SplittableRandom(1)),
                clock,
                () -> new AttemptId("follow-up-" + attempts.incrementAndGet()),
                Metrics.NONE);
    }

    /** Opens the nightly run over these servers, with its entries. */
    Run open(Server... servers) {
        Run run = Samples.run(servers);
        audit.open(run);
        for (Server server : servers) {
            backups.servers().add(server.name());
            audit.create(Samples.pending(server));
        }
        return run;
    }

    FollowUpReport pass() {
        return pass(_ -> true, repository);
    }

    FollowUpReport pass(RateLimiter rateLimiter, FollowUpRepository rows) {
        return pass(rateLimiter, rows, Duration.ofMinutes(15));
    }

    FollowUpReport pass(RateLimiter rateLimiter, FollowUpRepository rows, Duration remaining) {
        return followUp(rows).pass(rateLimiter, new Deadline(clock.instant().plus(remaining)));
    }

    /** Somebody says that a backup of the server has ended. */
    FollowUpReport passOver(Server server) {
        return passOver(server, Duration.ofMinutes(15));
    }

    FollowUpReport passOver(Server server, Duration remaining) {
        return followUp(repository)
                .passOver(server.name(), _ -> true, new Deadline(clock.instant().plus(remaining)));
    }

    private FollowUp followUp(FollowUpRepository rows) {
        return new FollowUp(
                dependencies,
                rows,
                notifications,
                new VirtualThreadExecutor(1),
                RetentionPolicy.OFF,
                new FakeUpkeep(backups.servers()),
                () -> new Quota.Unavailable(BackupError.known(ErrorType.NO_ANSWER, "nobody asked")),
                new VerificationPlan(
                        new InMemoryVerificationRepository(audit, repository), Optional.empty(), Duration.ZERO),
                Optional.empty(),
                Optional.empty());
    }

    FollowUpReport passLater(Duration later) {
        return passLater(later, repository);
    }

    FollowUpReport passLater(Duration later, FollowUpRepository rows) {
        clock.move(later);
        return pass(_ -> true, rows);
    }

    Entry entry(Server server) {
        return audit.entry(Samples.NIGHTLY, server.name()).orElseThrow();
    }
}
