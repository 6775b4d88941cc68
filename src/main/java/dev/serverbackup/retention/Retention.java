package dev.serverbackup.retention;

import dev.serverbackup.audit.Entry;
import dev.serverbackup.audit.EntryStatus;
import dev.serverbackup.audit.FollowUpRepository;
import dev.serverbackup.audit.PastBackup;
import dev.serverbackup.audit.VerificationRepository;
import dev.serverbackup.backup.Backup;
import dev.serverbackup.backup.BackupDeletion;
import dev.serverbackup.backup.BackupError;
import dev.serverbackup.backup.DeletionResult;
import dev.serverbackup.backup.ErrorType;
import dev.serverbackup.backup.FindResult;
import dev.serverbackup.backup.ListResult;
import dev.serverbackup.run.Deadline;
import dev.serverbackup.run.RateLimiter;
import dev.serverbackup.run.RunDependencies;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes a server's excess backups ({@link ExcessBackups}) after a success. The intention is written before the call,
 * on the condition that the entry is unchanged; the deletion is written once it is certain. If the time of a pass is
 * up, a later pass continues; a failed deletion is tried again after the server's next success. Safe for use by several
 * threads and processes.
 */
public final class Retention {
    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

    /** How long it is tried after a success; after that, only after the server's next one. */
    private static final Duration TRIED_FOR = Duration.ofHours(12);

    /** Counts what retention does. Safe for use by several threads. */
    public interface Counters {
        void deleted();

        void wouldDelete();
    }

    private final RunDependencies dependencies;
    private final FollowUpRepository repository;
    private final VerificationRepository verifications;
    private final RetentionPolicy policy;
    private final BackupDeletion deletion;
    private final RateLimiter rateLimiter;
    private final Instant latestCall;
    private final Counters counters;

    public Retention(
            RunDependencies dependencies,
            FollowUpRepository repository,
            VerificationRepository verifications,
            RetentionPolicy policy,
            BackupDeletion deletion,
            RateLimiter rateLimiter,
            Deadline deadline,
            Counters counters) {
        this.dependencies = dependencies;
        this.repository = repository;
        this.verifications = verifications;
        this.policy = policy;
        this.deletion = deletion;
        this.rateLimiter = rateLimiter;
        this.latestCall = deadline.latestStart(dependencies.timeouts().callTimeout());
        this.counters = counters;
    }

    public boolean isOn() {
        return !policy.isOff();
    }

    /** Whether backups may have to be deleted after this entry's end. */
    public boolean concerns(Entry ended) {
        return isOn() && ended.status() == EntryStatus.SUCCEEDED && ended.backend() == dependencies.backend();
    }

    /**
     * Deletes what is excess after an entry's end.
     *
     * @return whether it is done; otherwise the time was up, and a later pass must try again
     * @throws dev.serverbackup.audit.AuditUnavailableException if the history could not be read or written
     */
    public boolean after(Entry ended) {
        return !concerns(ended)
                || isOver(ended)
                || (deletion.listsAllBackups() ? byListing(ended) : apply(ended, Optional.empty()));
    }

    private boolean isOver(Entry ended) {
        return ended.finishedAt().orElseThrow().plus(TRIED_FOR).isBefore(now());
    }

    private boolean byListing(Entry succeeded) {
        if (!rateLimiter.take(latestCall)) {
            LOG.atInfo()
                    .addKeyValue("status", succeeded.status())
                    .log("no time was left for retention in this pass; a later pass tries again");
            return false;
        }
        return switch (dependencies.backups().backupsOf(succeeded.serverName(), Instant.EPOCH)) {
            case ListResult.Backups listed -> apply(succeeded, Optional.of(listed.backups()));
            case ListResult.Unavailable unavailable -> {
                LOG.atWarn()
                        .addKeyValue("status", succeeded.status())
                        .addKeyValue("errorType", unavailable.error().type().name())
                        .log(
                                "the server's backups could not be listed, so none is deleted before its next success:"
                                        + " {}",
                                unavailable.error().message());
                yield true;
            }
        };
    }

    private boolean apply(Entry succeeded, Optional<List<Backup>> listed) {
        if (now().isAfter(latestCall)) {
            return false;
        }
        List<PastBackup> past = repository.undeleted(succeeded.serverName());
        List<PastBackup> excess = ExcessBackups.of(
                policy, PastBackup.of(succeeded), past, listed, verifications.of(succeeded.serverName()));
        if (policy.dryRun()) {
            excess.forEach(this::logOnly);
            return true;
        }
        return excess.stream().allMatch(this::delete)
                && listed.map(backups -> recordWhatIsGone(past, backups)).orElse(true);
    }

    private void logOnly(PastBackup one) {
        counters.wouldDelete();
        log(one, "WOULD_DELETE", "it is not deleted, since this is a dry run of retention (RETENTION_DRY_RUN)");
    }

    /**
     * Returns whether there was time for it. The rate limiter is asked after the intention is written, so that the call
     * begins in time.
     */
    private boolean delete(PastBackup one) {
        if (now().isAfter(latestCall)) {
            return false;
        }
        if (!repository.intendDeletion(one, now(), policy.description())) {
            log(one, "KEPT", "it is kept, since its entry has changed meanwhile");
            return true;
        }
        boolean permit = rateLimiter.take(latestCall);
        if (permit) {
            record(one, deletion.delete(one.backup(), one.deletionId()));
        }
        return permit;
    }

    private void record(PastBackup one, DeletionResult result) {
        switch (result) {
            case DeletionResult.Deleted _ -> deleted(one, "it is deleted");
            case DeletionResult.Accepted(var deletionId, var before) -> {
                repository.deletionAccepted(one, deletionId);
                before.ifPresent(why -> notDeleted(one, why));
                log(one, "DELETING", "its deletion was accepted, and is recorded when the backup is gone");
            }
            case DeletionResult.AlreadyGone _ -> deleted(one, "it had been deleted already");
            case DeletionResult.InProgress busy -> notDeleted(one, busy.error());
            case DeletionResult.Refused refused -> notDeleted(one, refused.error());
            case DeletionResult.Doubtful doubtful -> notDeleted(one, doubtful.error());
        }
    }

    /** Records earlier deletions whose result was not written: the service says whether the backup exists. */
    private boolean recordWhatIsGone(List<PastBackup> past, List<Backup> listed) {
        Set<String> shown = listed.stream().map(Backup::id).collect(Collectors.toSet());
        return past.stream()
                .filter(one -> one.isDeletionIntended() && !shown.contains(one.backupId()))
                .filter(one -> one.backend() == dependencies.backend())
                .allMatch(this::recordIfGone);
    }

    /** Returns whether there was time for it. */
    private boolean recordIfGone(PastBackup one) {
        boolean permit = rateLimiter.take(latestCall);
        if (permit && dependencies.backups().backup(one.backupId()) instanceof FindResult.Absent) {
            deleted(one, "it does not exist any more; its deletion had been intended");
        }
        return permit;
    }

    private void deleted(PastBackup one, String how) {
        repository.deleted(one, now());
        counters.deleted();
        log(one, "DELETED", how);
    }

    private void notDeleted(PastBackup one, BackupError why) {
        repository.notDeleted(one, why);
        boolean fails = !why.type().equals(ErrorType.KEPT_BY_LOCK);
        (fails ? LOG.atWarn() : LOG.atInfo())
                .addKeyValue("status", fails ? "NOT_DELETED" : "KEPT")
                .addKeyValue("backupId", one.backupId())
                .addKeyValue("backupOfRun", one.runId())
                .addKeyValue("errorType", why.type().name())
                .log("an excess backup was not deleted: {}", why.message());
    }

    private static void log(PastBackup one, String status, String what) {
        LOG.atInfo()
                .addKeyValue("status", status)
                .addKeyValue("backupId", one.backupId())
                .addKeyValue("backupOfRun", one.runId())
                .log("an excess backup: {}", what);
    }

    private Instant now() {
        return dependencies.clock().instant();
    }
}
