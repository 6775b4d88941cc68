package dev.serverbackup.retention;

import dev.serverbackup.audit.PastBackup;
import dev.serverbackup.backup.Backup;
import dev.serverbackup.backup.BackupStatus;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which of a server's backups retention does not keep. Good is one whose entry has {@code SUCCEEDED}; where the service
 * lists every backup that it has, its listing must show it, too, as a manual backup of that server that is {@code OK}.
 * Kept are the newest good ones by their own creation, and the one that succeeded last, however old its creation makes
 * it. What is not good is never counted, and never deleted.
 *
 * <p>However stale the two views are, and however many passes decide at once, none deletes one of the newest {@code
 * keep} that ever were good, unless another program or a person deletes backups too: each that is deleted has {@code keep} good ones
 * that are newer, and a backup that has so many newer ones will always have them.
 */
final class ExcessBackups {
    /** By creation; those of one instant by id, so that every process sees the same order. */
    private static final Comparator<Candidate> OLDEST_FIRST = Comparator.comparing(Candidate::createdAt)
            .thenComparing(one -> one.past().backupId());

    private ExcessBackups() {}

    /** @param createdAt as the service lists it; as the audit says where the service lists nothing */
    private record Candidate(PastBackup past, Instant createdAt) {}

    /**
     * Those beyond the newest, oldest first. One whose deletion is intended may be gone at any moment: it is not
     * counted among the good, but it is still surplus, for the call may never have been made.
     *
     * @param keep at least 1
     * @param succeeded the backup that has just succeeded: never surplus, whatever any clock says
     * @param past what the audit knows of that server; what another backend made is left alone
     * @param listed what the service lists; empty where it does not list every backup, and the audit alone decides
     */
    static List<PastBackup> beyond(
            int keep, PastBackup succeeded, Collection<PastBackup> past, Optional<List<Backup>> listed) {
        List<Candidate> good = good(known(succeeded, past), listed)
                .filter(one -> one.createdAt().isAfter(Instant.EPOCH))
                .sorted(OLDEST_FIRST)
                .distinct()
                .toList();
        List<Candidate> counted =
                good.stream().filter(one -> !one.past().isDeletionIntended()).toList();
        if (counted.size() < keep) {
            return List.of();
        }
        Candidate oldestKept = counted.get(counted.size() - keep);
        String last = counted.stream()
                .max(Comparator.comparing((Candidate one) -> one.past().finishedAt())
                        .thenComparing(OLDEST_FIRST))
                .orElseThrow()
                .past()
                .backupId();
        return good.stream()
                .takeWhile(one -> OLDEST_FIRST.compare(one, oldestKept) < 0)
                .map(Candidate::past)
                .filter(one -> !one.backupId().equals(succeeded.backupId())
                        && !one.backupId().equals(last))
                .toList();
    }

    /** By id. The index may not have what has just succeeded. */
    private static Map<String, PastBackup> known(PastBackup succeeded, Collection<PastBackup> past) {
        Map<String, PastBackup> known = past.stream()
                .filter(one -> one.serverName().equals(succeeded.serverName()))
                .filter(one -> one.backend() == succeeded.backend())
                .collect(Collectors.toMap(
                        PastBackup::backupId,
                        one -> one,
                        (one, other) -> one.isDeletionIntended() ? one : other,
                        TreeMap::new));
        known.putIfAbsent(succeeded.backupId(), succeeded);
        return known;
    }

    private static Stream<Candidate> good(Map<String, PastBackup> known, Optional<List<Backup>> listed) {
        return listed.map(backups -> backups.stream()
                        .filter(backup -> known.containsKey(backup.id()))
                        .filter(backup -> isGood(backup, known.get(backup.id())))
                        .map(backup -> new Candidate(known.get(backup.id()), backup.createdAt())))
                .orElseGet(() -> known.values().stream()
                        .map(past -> new Candidate(past, past.backup().createdAt())));
    }

    private static boolean isGood(Backup backup, PastBackup past) {
        return backup.isOf(past.serverName()) && backup.isManual() && backup.status() == BackupStatus.OK;
    }
}
