package dev.serverbackup.audit;

import dev.serverbackup.backup.BackupError;
import dev.serverbackup.request.ServerName;
import java.time.Instant;
import java.util.List;

/**
 * The good backups of a server, as the audit knows them, and what became of them later. An entry's outcome is never
 * changed by it. Implementations are safe for use by several threads. Every method throws
 * {@link AuditUnavailableException} when the table can't be read or written.
 */
public interface BackupHistory {
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
     * instant of the first intention stays; repeating it is harmless.
     *
     * @return whether the deletion may be asked for: the entry is there, is that server's, has {@code SUCCEEDED} with
     *     that very backup, and records no deletion
     */
    boolean intendDeletion(PastBackup backup, Instant at);

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
}
