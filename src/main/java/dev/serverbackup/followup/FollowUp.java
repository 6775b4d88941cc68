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
 * The pass that finishes what is still open: attempts what is pending, takes over what was abandoned, takes what was
 * started to its end, closes runs, and publishes what has ended. Several passes at once are harmless. Safe for use by
 * several threads, as all its parts are.
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
     * Catches up what the schedule has missed, then looks at every due row once, as far as the time allows: first at what may start a backup, then at what was started,
     * then at what has ended, the oldest first among each; each has its share of the time. What is left of it is for the digest and for verifications. One row's trouble does not
     * hold up another.
     *
     * @throws AuditUnavailableException if the audit could not be read or written, after all that could be done was
     */
    public FollowUpReport pass(RateLimiter rateLimiter, Deadline deadline) {
        FollowUpPass pass = begin(rateLimiter, deadline);
        pass.measure();
        pass.catchUp();
        pass.over(repository.due(now()));
        return pass.endAndVerify();
    }

    /**
     * Looks at what was started on one server, due or not: an event says that its command has ended. All else is left to {@link
     * #pass}, its figures included, so that a storm of such words costs a query and a look for each.
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
