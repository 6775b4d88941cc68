package dev.serverbackup.followup;

import dev.serverbackup.audit.Entry;
import dev.serverbackup.audit.EntryStatus;
import dev.serverbackup.audit.FollowUpRepository;
import dev.serverbackup.audit.FollowUpRepository.OpenEntries;
import dev.serverbackup.audit.Run;
import dev.serverbackup.backup.BackupQuota;
import dev.serverbackup.backup.Quota;
import dev.serverbackup.run.Deadline;
import dev.serverbackup.run.LogScope;
import dev.serverbackup.run.RateLimiter;
import dev.serverbackup.run.RunDependencies;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures how many entries are open, how many manual backups the account has, and how long servers have been without a
 * success. Safe for use by several threads.
 */
final class HealthMetrics {
    private static final Logger LOG = LoggerFactory.getLogger(HealthMetrics.class);

    /** A success this recent is taken as the server's last one; otherwise the history is read. */
    private static final Duration RECENT = Duration.ofHours(1);

    private final RunDependencies dependencies;
    private final FollowUpRepository repository;
    private final BackupQuota quota;
    private final RateLimiter rateLimiter;
    private final Instant latestCall;

    HealthMetrics(
            RunDependencies dependencies,
            FollowUpRepository repository,
            BackupQuota quota,
            RateLimiter rateLimiter,
            Deadline deadline) {
        this.dependencies = dependencies;
        this.repository = repository;
        this.quota = quota;
        this.rateLimiter = rateLimiter;
        this.latestCall = deadline.latestStart(dependencies.timeouts().callTimeout());
    }

    /** Reads the audit only. */
    void openEntries() {
        OpenEntries open = repository.openEntries();
        dependencies
                .metrics()
                .openEntries(open.count(), open.oldest().map(this::age).orElse(Duration.ZERO));
    }

    /** Makes one call to the service. */
    void manualBackups() {
        if (!rateLimiter.take(latestCall)) {
            return;
        }
        switch (quota.manualBackups()) {
            case Quota.Known known -> dependencies.metrics().manualBackups(known.used(), known.maximum());
            case Quota.Unlimited _ -> {}
            case Quota.Unavailable unavailable ->
                LOG.atWarn()
                        .addKeyValue("errorType", unavailable.error().type().name())
                        .log(
                                "the number of manual backups could not be read: {}",
                                unavailable.error().message());
        }
    }

    /**
     * For the servers of a run that has ended: makes a query for each that has not just succeeded. If the time is up
     * before that, nothing is measured.
     */
    void lastSuccesses(Run ended) {
        Instant oldest = now();
        for (Entry entry : dependencies.audit().entries(ended.runId())) {
            if (now().isAfter(latestCall)) {
                return;
            }
            Instant last = recentSuccess(entry)
                    .or(() -> repository.withoutSuccessSince(entry.serverName()))
                    .orElse(entry.requestedAt());
            logAge(entry, last);
            oldest = last.isBefore(oldest) ? last : oldest;
        }
        if (!ended.targets().isEmpty()) {
            dependencies.metrics().oldestLastSuccess(age(oldest));
        }
    }

    /** For each server in the log only: a metric for each would be expensive. */
    private void logAge(Entry entry, Instant last) {
        LogScope.of(entry, same -> {
            LOG.atInfo()
                    .addKeyValue("status", same.status())
                    .addKeyValue("lastSuccessAgeSeconds", age(last).toSeconds())
                    .log("the age of the last success");
            return same;
        });
    }

    private Optional<Instant> recentSuccess(Entry entry) {
        return entry.finishedAt()
                .filter(at -> entry.status() == EntryStatus.SUCCEEDED && at.isAfter(now().minus(RECENT)));
    }

    private Duration age(Instant since) {
        Duration age = Duration.between(since, now());
        return age.isNegative() ? Duration.ZERO : age;
    }

    private Instant now() {
        return dependencies.clock().instant();
    }
}
