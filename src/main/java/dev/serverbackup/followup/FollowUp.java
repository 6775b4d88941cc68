package dev.serverbackup.followup;

import dev.serverbackup.audit.AuditUnavailableException;
import dev.serverbackup.audit.FollowUpRepository;
import dev.serverbackup.backup.BackupDeletion;
import dev.serverbackup.backup.BackupQuota;
import dev.serverbackup.notification.NotificationPublisher;
import dev.serverbackup.request.ServerName;
import dev.serverbackup.retention.RetentionPolicy;
import dev.serverbackup.run.Deadline;
import dev.serverbackup.run.ParallelExecutor;
import dev.serverbackup.run.RateLimiter;
import dev.serverbackup.run.RunDependencies;
import dev.serverbackup.schedule.MissedSlots;
import dev.serverbackup.verification.VerificationPlan;
import java.time.Instant;
import java.util.Optional;

/**
 * The follow-up of open rows: it attempts pending entries, takes over expired claims, records the outcome of started
 * entries, closes runs, and sends notifications. Several passes at once do no harm. Safe for use by several threads, as
 * all its parts are.
 */
public record FollowUp(
        RunDependencies dependencies,
        FollowUpRepository repository,
        NotificationPublisher notifications,
        ParallelExecutor workers,
        RetentionPolicy policy,
        BackupDeletion deletion,
        BackupQuota quota,
        VerificationPlan verification,
        Optional<MissedSlots> missedSlots,
        Optional<DailyDigest> digest) {
    /**
     * Catches up a missed slot of the schedule, then processes every due row once, as far as the time allows: first the
     * rows that may start a backup, then the started ones, then the rest, each group oldest first and with its share of
     * the time. The time that is left is for the digest and for verifications. An error in one row does not stop the
     * others.
     *
     * @throws AuditUnavailableException if the audit could not be read or written; thrown after all other work is done
     */
    public FollowUpReport pass(RateLimiter rateLimiter, Deadline deadline) {
        FollowUpPass pass = begin(rateLimiter, deadline);
        pass.measure();
        pass.catchUp();
        pass.over(repository.due(now()));
        return pass.endAndVerify();
    }

    /**
     * Processes the started entries of one server, due or not, since an event says that a command has ended there.
     * Everything else, metrics included, is left to {@link #pass}, so that each of many such events costs only a query
     * and a lookup.
     *
     * @throws AuditUnavailableException as {@link #pass}
     */
    public FollowUpReport passOver(ServerName server, RateLimiter rateLimiter, Deadline deadline) {
        FollowUpPass pass = begin(rateLimiter, deadline);
        Instant oldest = now().minus(dependencies.timeouts().completionWindow());
        pass.overStarted(repository.startedOn(server, oldest));
        return pass.end();
    }

    private FollowUpPass begin(RateLimiter rateLimiter, Deadline deadline) {
        return new FollowUpPass(this, rateLimiter, deadline);
    }

    private Instant now() {
        return dependencies.clock().instant();
    }
}
