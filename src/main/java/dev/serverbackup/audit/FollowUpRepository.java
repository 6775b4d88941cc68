package dev.serverbackup.audit;

import dev.serverbackup.backup.BackupError;
import dev.serverbackup.request.ServerName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the follow-up needs of the audit table, over all runs: what is still to be done, which good backups a server
 * has, and counts. Indexes may be stale, so they only find keys; every decision about a row uses the row itself, by a
 * strongly consistent read or a conditional write. Several passes at once do no harm. Implementations are safe for use
 * by several threads. Every method throws {@link AuditUnavailableException} when the table can't be read or written.
 */
public interface FollowUpRepository {
    /** The rows that are due, oldest first, as the index shows them. */
    List<DueRow> due(Instant now);

    /**
     * The {@code STARTED} entries of one server, due or not, of runs that are no older than an instant. They come from
     * an index: one that has just been started may be missing, one that has just ended may still be there.
     */
    List<OpenRow> startedOn(ServerName server, Instant oldest);

    Row read(OpenRow row);

    /** Makes a run due later. Does nothing if its row has left the index meanwhile. */
    void postpone(Run run, Instant until);

    /**
     * Records that a final entry's notification was sent, and takes the entry out of the index: nothing more is due for
     * it. It gets its expiry when its whole run has ended: see {@link #expire}. Idempotent.
     *
     * @param at when the notification was sent; the first one stays
     */
    void markNotified(Entry entry, Instant at);

    /**
     * Records that a final entry's notification was sent, but keeps its row open, as {@link Row.OfNotifiedEntry}, since
     * retention is still due. Repeating it changes only when it is due.
     *
     * @param at when the notification was sent; the first one stays
     * @param due when retention is to be tried again
     */
    void markNotifiedRetentionDue(Entry entry, Instant at, Instant due);

    /**
     * Records that a final run's notification was sent, and when its rows are to expire. Its row stays open, as {@link
     * Row.OfNotifiedRun}, until it is released. Idempotent: the first instants stay.
     */
    void markNotified(Run run, Instant at);

    /**
     * The entries of a run that have left the index and have no expiry yet.
     *
     * @return absent while any entry of the run is open
     */
    Optional<List<OpenRow>> withoutExpiry(Run run);

    /** Sets the expiry of an entry that has left the index. Idempotent. */
    void expire(OpenRow entry, Instant at);

    /**
     * Sets the expiry of a notified run's row, and takes the row out of the index. To be called when all its entries
     * have their expiry: an entry must not expire while its run still needs it. Idempotent.
     */
    void release(Run run);

    /**
     * The backups of a server's {@code SUCCEEDED} entries whose deletion is not recorded, in no order. They come from
     * an index: the newest may be missing, and one that has just been deleted may still be there.
     */
    List<PastBackup> undeleted(ServerName server);

    /**
     * How many good backups a server has: {@code SUCCEEDED} entries whose deletion is not recorded, those of intended
     * deletions included. It comes from the same index.
     *
     * @param atMost counting ends there; at least 1
     */
    int countUndeleted(ServerName server, int atMost);

    /**
     * Records that a backup is about to be deleted, if the entry itself (not an index) allows it. If it is repeated,
     * the first instant stays, and the last rules are written.
     *
     * @param rules the rules of retention, none of which keeps the backup
     * @return whether the deletion may be asked for: the entry is there, is that server's, has {@code SUCCEEDED} with
     *     that very backup, and records no deletion
     */
    boolean intendDeletion(PastBackup backup, Instant at, String rules);

    /** Records the id of an intended deletion that was accepted and may still fail. The last id stays. */
    void deletionAccepted(PastBackup backup, String deletionId);

    /**
     * Records that an intended deletion is done: the service will not undo it, or the backup is gone. The first instant
     * stays; without an intention nothing is written.
     */
    void deleted(PastBackup backup, Instant at);

    /**
     * Records why an intended deletion has not happened; the last reason stays. Writes nothing if the deletion is
     * recorded.
     */
    void notDeleted(PastBackup backup, BackupError why);

    /** Counts every entry that is not final, or whose notification has not been sent, whether it is due or not. */
    OpenEntries openEntries();

    /**
     * Since when a server has had no new good backup: when its last one was recorded. If none of its newest entries
     * succeeded (200 are looked at), when the oldest of these was requested: it has been without for longer than that.
     *
     * @return absent if there are no entries of the server
     */
    Optional<Instant> withoutSuccessSince(ServerName server);

    /** @param oldest when the entry that has been open for longest was requested; absent if none is open */
    record OpenEntries(int count, Optional<Instant> oldest) {}
}
