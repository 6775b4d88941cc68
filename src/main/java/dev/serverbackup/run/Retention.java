package dev.serverbackup.run;

import dev.serverbackup.audit.Entry;
import dev.serverbackup.audit.EntryStatus;
import dev.serverbackup.audit.PastBackup;
import dev.serverbackup.backup.Backup;
import dev.serverbackup.backup.BackupError;
import dev.serverbackup.backup.DeletionResult;
import dev.serverbackup.backup.Listing;
import dev.serverbackup.backup.Lookup;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes, after a success, what {@link Surplus} says of that server. The intention is written before the call, on the
 * condition that the entry still stands; the deletion once it is certain. What this pass does not get done, for want of
 * time or for an error, the server's next success does. Safe for use by several threads, in one process or in many.
 */
final class Retention {
    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

    private final Services services;
    private final Upkeep upkeep;
    private final Pace pace;
    private final Instant latestCall;
    private final Tally tally;

    Retention(Services services, Upkeep upkeep, Pace pace, Deadline deadline, Tally tally) {
        this.services = services;
        this.upkeep = upkeep;
        this.pace = pace;
        this.latestCall = deadline.latestStart(services.terms().callTimeout());
        this.tally = tally;
    }

    boolean isOn() {
        return !upkeep.retention().isOff();
    }

    /** Whether an end is one after which something may be deleted. */
    boolean concerns(Entry ended) {
        return ended.status() == EntryStatus.SUCCEEDED && !upkeep.retention().isOff();
    }

    /**
     * Does what is due after an end; after most there is nothing.
     *
     * @throws dev.serverbackup.audit.AuditUnavailableException if the history could not be read or written
     */
    void after(Entry ended) {
        if (!concerns(ended)) {
            return;
        }
        if (!pace.take(latestCall)) {
            LOG.atInfo().addKeyValue("status", ended.status()).log("no time was left for retention");
            return;
        }
        switch (services.backups().backupsOf(ended.serverName(), Instant.EPOCH)) {
            case Listing.Backups listed -> apply(ended, listed.backups());
            case Listing.Unavailable unavailable ->
                LOG.atWarn()
                        .addKeyValue("status", ended.status())
                        .addKeyValue("errorType", unavailable.error().type().name())
                        .log("nothing is deleted: {}", unavailable.error().message());
        }
    }

    private void apply(Entry succeeded, List<Backup> listed) {
        List<PastBackup> past = new ArrayList<>(upkeep.history().undeleted(succeeded.serverName()));
        // The index may not have it yet.
        past.add(new PastBackup(
                succeeded.runId(),
                succeeded.serverName(),
                succeeded.backup().orElseThrow().id(),
                false));
        List<PastBackup> surplus = Surplus.beyond(upkeep.retention().keep(), succeeded.serverName(), past, listed);
        if (upkeep.retention().dryRun()) {
            surplus.forEach(this::sayOnly);
            return;
        }
        surplus.forEach(this::delete);
        Set<String> shown = listed.stream().map(Backup::id).collect(Collectors.toSet());
        past.stream()
                .filter(one -> one.deletionIntended() && !shown.contains(one.backupId()))
                .forEach(this::recordIfGone);
    }

    private void sayOnly(PastBackup one) {
        tally.wouldDelete();
        log(one, "WOULD_DELETE", "it would be deleted, if this were no dry run of retention");
    }

    /** The turn comes after the intention: no call may begin later than it is allowed. */
    private void delete(PastBackup one) {
        if (now().isAfter(latestCall)) {
            return;
        }
        if (!upkeep.history().intendDeletion(one, now())) {
            log(one, "KEPT", "its entry has changed meanwhile");
            return;
        }
        if (pace.take(latestCall)) {
            record(one, upkeep.deletion().delete(one.backupId()));
        }
    }

    private void record(PastBackup one, DeletionResult result) {
        switch (result) {
            case DeletionResult.Deleted _ -> deleted(one, "its deletion was accepted");
            case DeletionResult.Accepted(var before) -> {
                before.ifPresent(why -> notDeleted(one, why));
                log(one, "DELETING", "its deletion was accepted; it is recorded once the backup is gone");
            }
            case DeletionResult.AlreadyGone _ -> deleted(one, "it was gone already");
            case DeletionResult.InProgress busy -> notDeleted(one, busy.error());
            case DeletionResult.Refused refused -> notDeleted(one, refused.error());
            case DeletionResult.Doubtful doubtful -> notDeleted(one, doubtful.error());
        }
    }

    /** An earlier deletion whose record was lost: the service tells whether it took place. */
    private void recordIfGone(PastBackup one) {
        if (pace.take(latestCall) && services.backups().backup(one.backupId()) instanceof Lookup.Absent) {
            deleted(one, "it has gone since its deletion was intended");
        }
    }

    private void deleted(PastBackup one, String how) {
        upkeep.history().deleted(one, now());
        tally.deleted();
        log(one, "DELETED", how);
    }

    private void notDeleted(PastBackup one, BackupError why) {
        upkeep.history().notDeleted(one, why);
        LOG.atWarn()
                .addKeyValue("status", "NOT_DELETED")
                .addKeyValue("backupId", one.backupId())
                .addKeyValue("backupOfRun", one.runId())
                .addKeyValue("errorType", why.type().name())
                .log("a surplus backup was not deleted: {}", why.message());
    }

    private static void log(PastBackup one, String status, String what) {
        LOG.atInfo()
                .addKeyValue("status", status)
                .addKeyValue("backupId", one.backupId())
                .addKeyValue("backupOfRun", one.runId())
                .log("a surplus backup: {}", what);
    }

    private Instant now() {
        return services.clock().instant();
    }
}
