package dev.serverbackup.audit;

import dev.serverbackup.backup.BackupError;
import dev.serverbackup.request.ServerName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The audit table over all runs, as the follow-up needs it: what is still to be done, which good backups a server has,
 * and figures. The indexes behind it only find keys and may be stale; what is decided on a row is decided on the row as it
 * stands, read consistently or by a condition. Several passes at once are harmless. Implementations are safe for use by
 * several threads. Every method throws {@link AuditUnavailableException} when the table can't be read or written.
 */
public interface FollowUpRepository {
    /** The rows that are due, oldest first: keys, and what the index says beside them. */
    List<DueRow> due(Instant now);

    /**
     * The entries of one server that stand at {@code STARTED}, due or not, of runs that are no older than an instant.
     * They come from an index: one that has just been started may be missing, one that has just ended may still be
     * there.
     */
    List<OpenRow> startedOn(ServerName server, Instant oldest);

    Row read(OpenRow row);

    /** Has a run looked at again later. Does nothing if its row has left the index meanwhile. */
    void postpone(Run run, Instant until);

    /**
     * Lets a final entry go: its notification is sent, and nothing is due after it any more. It has no expiry before its
     * whole run has ended: see {@link #expire}.
     * Repeating it is harmless.
     *
     * @param at when the notification was sent; the first one stays
     */
    void markNotified(Entry entry, Instant at);

    /**
     * Notes that a final entry's notification is sent, but keeps its row open, as {@link Row.OfNotifiedEntry}, since retention
     * is still due after it. Repeating it changes only when it is due.
     *
     * @param at when the notification was sent; the first one stays
     * @param due when retention is to be tried again
     */
    void markNotifiedToRetain(Entry entry, Instant at, Instant due);

    /**
     * Notes that a final run's notification is sent, and when its rows are to expire. Its row stays open, as {@link
     * Row.OfNotifiedRun}, until it is released. Repeating it is harmless: the first instants stay.
     */
    void markNotified(Run run, Instant at);

    /**
     * The entries of a run that have left and have no expiry yet.
     *
     * @return absent while any entry of the run is open
     */
    Optional<List<OpenRow>> withoutExpiry(Run run);

    /** Gives an entry that has left its expiry. Repeating it is harmless. */
    void expire(OpenRow entry, Instant at);

    /**
     * Gives a notified run's row its expiry, and lets it go. To be done once all its entries have theirs: an entry must
     * not expire while its run could still miss it. Repeating it is harmless.
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
     * Writes that a backup is about to be deleted. Decided on the entry as it stands, not as an index shows it. The
     * instant of the first intention stays, the rules are those of the last; repeating it is harmless.
     *
     * @param rules the rules of retention, none of which keeps the backup
     * @return whether the deletion may be asked for: the entry is there, is that server's, has {@code SUCCEEDED} with
     *     that very backup, and records no deletion
     */
    boolean intendDeletion(PastBackup backup, Instant at, String rules);

    /** Records what an intended deletion that was accepted, and may still fail, is known by. The last one stays. */
    void deletionAccepted(PastBackup backup, String deletionId);

    /**
     * Records that nothing can bring an intended deletion back: it was accepted for good, or the backup is gone. The
     * first instant stays; without an intention nothing is written.
     */
    void deleted(PastBackup backup, Instant at);

    /**
     * Records why an intended deletion has not happened; the last reason stays. Nothing once the deletion is recorded.
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

    /** @param oldest when the one was requested that has been open for longest; absent if none is open */
    record OpenEntries(int count, Optional<Instant> oldest) {}
}
