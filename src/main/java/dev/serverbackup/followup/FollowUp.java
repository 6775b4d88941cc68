package dev.serverbackup.followup;

import dev.serverbackup.audit.AuditFigures;
import dev.serverbackup.audit.AuditUnavailableException;
import dev.serverbackup.audit.OpenRows;
import dev.serverbackup.backup.BackupQuota;
import dev.serverbackup.notice.Notices;
import dev.serverbackup.request.ServerName;
import dev.serverbackup.retention.RetentionDependencies;
import dev.serverbackup.run.Deadline;
import dev.serverbackup.run.Pace;
import dev.serverbackup.run.Services;
import dev.serverbackup.run.Workers;
import java.time.Instant;

/**
 * The pass that finishes what is still open: attempts what is pending, takes over what was abandoned, takes what was
 * started to its end, closes runs, and tells who wants to know. Several passes at once are harmless. Safe for use by
 * several threads.
 */
public final class FollowUp {
    private final Services services;
    private final OpenRows open;
    private final Notices notices;
    private final Workers workers;
    private final RetentionDependencies retention;
    private final AuditFigures figures;
    private final BackupQuota quota;

    public FollowUp(
            Services services,
            OpenRows open,
            Notices notices,
            Workers workers,
            RetentionDependencies retention,
            AuditFigures figures,
            BackupQuota quota) {
        this.services = services;
        this.open = open;
        this.notices = notices;
        this.workers = workers;
        this.retention = retention;
        this.figures = figures;
        this.quota = quota;
    }

    /**
     * Looks at every due row once, as far as the time allows: first at what may start a backup, then at what was started,
     * then at what has ended, the oldest first among each; each has its share of the time. One row's trouble does not
     * hold up another.
     *
     * @throws AuditUnavailableException if the audit could not be read or written, after all that could be done was
     */
    public FollowUpReport pass(Pace pace, Deadline deadline) {
        FollowUpPass pass = begin(pace, deadline);
        pass.measure();
        pass.over(open.due(now()));
        return pass.end();
    }

    /**
     * Looks at what was started on one server, due or not: an event says that its command has ended. All else is left to {@link
     * #pass}, its figures included, so that a storm of such words costs a query and a look for each.
     *
     * @throws AuditUnavailableException as {@link #pass}
     */
    public FollowUpReport passOver(ServerName server, Pace pace, Deadline deadline) {
        FollowUpPass pass = begin(pace, deadline);
        Instant oldest = now().minus(services.terms().completionWindow());
        pass.overStarted(open.startedOn(server, oldest));
        return pass.end();
    }

    private FollowUpPass begin(Pace pace, Deadline deadline) {
        return new FollowUpPass(services, open, notices, workers, retention, figures, quota, pace, deadline);
    }

    private Instant now() {
        return services.clock().instant();
    }
}
