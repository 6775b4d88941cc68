package dev.serverbackup.run;

import dev.serverbackup.audit.PastBackup;
import dev.serverbackup.backup.Backup;
import dev.serverbackup.backup.BackupStatus;
import dev.serverbackup.request.ServerName;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Which of a server's backups retention does not keep. Good is one that both sides vouch for: the audit by a
 * {@code SUCCEEDED} entry, the service by showing it as a manual backup of that server that is {@code OK}. Kept are the
 * newest good ones by their own creation; what is not good is never counted, and never deleted.
 *
 * <p>However stale the two views are, and however many decide at once, nobody deletes one of the newest {@code keep}
 * that ever were good, unless somebody else deletes backups too: each that is deleted has {@code keep} good ones that
 * are newer, and a backup that has so many newer ones will always have them.
 */
final class Surplus {
    /** By creation; those of one instant by id, so that all who decide see the same order. */
    private static final Comparator<Backup> OLDEST_FIRST =
            Comparator.comparing(Backup::createdAt).thenComparing(Backup::id);

    private Surplus() {}

    /**
     * Those beyond the newest, oldest first. One whose deletion is intended may be gone at any moment: it is not
     * counted among the good, but it is still surplus, for the call may never have been made.
     *
     * @param keep at least 1
     */
    static List<PastBackup> beyond(int keep, ServerName server, Collection<PastBackup> past, List<Backup> listed) {
        Map<String, PastBackup> known = past.stream()
                .filter(one -> one.serverName().equals(server))
                .collect(Collectors.toMap(
                        PastBackup::backupId,
                        one -> one,
                        (one, other) -> one.deletionIntended() ? one : other,
                        TreeMap::new));
        List<Backup> good = listed.stream()
                .filter(backup -> known.containsKey(backup.id()))
                .filter(backup -> isGood(backup, server))
                .sorted(OLDEST_FIRST)
                .distinct()
                .toList();
        List<Backup> counted = good.stream()
                .filter(backup -> !known.get(backup.id()).deletionIntended())
                .toList();
        if (counted.size() < keep) {
            return List.of();
        }
        Backup oldestKept = counted.get(counted.size() - keep);
        return good.stream()
                .takeWhile(backup -> OLDEST_FIRST.compare(backup, oldestKept) < 0)
                .map(backup -> known.get(backup.id()))
                .toList();
    }

    private static boolean isGood(Backup backup, ServerName server) {
        return backup.isOf(server)
                && backup.isManual()
                && backup.status() == BackupStatus.OK
                && backup.createdAt().isAfter(Instant.EPOCH);
    }
}
