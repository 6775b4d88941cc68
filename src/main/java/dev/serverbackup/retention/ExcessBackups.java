package dev.serverbackup.retention;

import dev.serverbackup.audit.PastBackup;
import dev.serverbackup.audit.Verification;
import dev.serverbackup.backup.Backup;
import dev.serverbackup.backup.BackupStatus;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which of a server's good backups are kept, and by what. Good is one whose entry has {@code SUCCEEDED}; where the service
 * lists every backup that it has, its listing must show it, too, as a manual backup of that server that is {@code OK}. One
 * that failed its last verification is not good.
 * Kept is what a rule keeps, by the backups' own creation, and the one that succeeded last, however old its creation makes
 * it; and the newest of those that passed their last verification. What is not good is never counted, and never deleted.
 *
 * <p>However stale the two views are, and however many passes decide at once, none deletes one that the rules would keep
 * if they were shown all backups that ever were good, unless another program or a person deletes backups too: further backups
 * never make a rule keep one that it does not keep without them. So deleting after each success leaves what one look at
 * everything would leave.
 */
public final class ExcessBackups {
    /** By creation; those of one instant by id, so that every process sees the same order. */
    private static final Comparator<Candidate> OLDEST_FIRST = Comparator.comparing(Candidate::createdAt)
            .thenComparing(one -> one.past().backupId());

    private ExcessBackups() {}

    private record Candidate(PastBackup past, Instant createdAt) {}

    /** Those that nothing keeps, oldest first. */
    static List<PastBackup> of(
            RetentionPolicy policy,
            PastBackup succeeded,
            Collection<PastBackup> past,
            Optional<List<Backup>> listed,
            Optional<Verification> verification) {
        return verdicts(policy, succeeded, past, listed, verification).reversed().stream()
                .filter(verdict -> !verdict.isKept())
                .map(Verdict::backup)
                .toList();
    }

    /**
     * One for each good backup, newest first. One whose deletion is intended may be gone at any moment: it is not
     * counted among the good, but it may still be surplus, for the call may never have been made.
     *
     * @param succeeded the backup that has just succeeded: never surplus, whatever any clock says
     * @param past what the audit knows of that server; what another backend made is left alone
     * @param listed what the service lists; empty where it does not list every backup, and the audit alone decides
     * @param verification how the verification of that server's backups stands; empty where none was ever verified
     */
    public static List<Verdict> verdicts(
            RetentionPolicy policy,
            PastBackup succeeded,
            Collection<PastBackup> past,
            Optional<List<Backup>> listed,
            Optional<Verification> verification) {
        Set<String> failed = verification.<Set<String>>map(Verification::failed).orElse(Set.of());
        List<Candidate> newestFirst = good(known(succeeded, past), listed)
                .filter(one -> !failed.contains(one.past().backupId()))
                .filter(one -> one.createdAt().isAfter(Instant.EPOCH))
                .sorted(OLDEST_FIRST.reversed())
                .distinct()
                .toList();
        Map<String, Set<Candidate>> keeps = new LinkedHashMap<>();
        policy.rules().forEach(rule -> keeps.put(rule.toString(), kept(rule, newestFirst, policy.zone())));
        keeps.put(Verdict.NEWEST_SUCCESS, newest(succeeded, newestFirst));
        keeps.put(Verdict.NEWEST_VERIFIED, newestVerified(verification, newestFirst));
        return newestFirst.stream()
                .map(one -> new Verdict(
                        one.past(),
                        one.createdAt(),
                        keeps.entrySet().stream()
                                .filter(keeper -> keeper.getValue().contains(one))
                                .map(Map.Entry::getKey)
                                .toList()))
                .toList();
    }

    private static Set<Candidate> kept(RetentionRule rule, List<Candidate> newestFirst, ZoneId zone) {
        Set<Candidate> kept = new HashSet<>();
        Set<Object> newerPeriods = new HashSet<>();
        for (Candidate one : newestFirst) {
            Object period = rule.periodOf(
                    LocalDate.ofInstant(one.createdAt(), zone), one.past().backupId());
            if (newerPeriods.size() < rule.count() && !newerPeriods.contains(period)) {
                kept.add(one);
            }
            if (!one.past().isDeletionIntended()) {
                newerPeriods.add(period);
            }
        }
        return kept;
    }

    /** The one that has just succeeded, and the one that succeeded last: a pass may come after another's. */
    private static Set<Candidate> newest(PastBackup succeeded, List<Candidate> good) {
        return Stream.concat(
                        good.stream().filter(one -> one.past().backupId().equals(succeeded.backupId())),
                        lastSuccess(good.stream()).stream())
                .collect(Collectors.toSet());
    }

    private static Set<Candidate> newestVerified(Optional<Verification> verification, List<Candidate> good) {
        return lastSuccess(good.stream()
                        .filter(one -> verification
                                .filter(known ->
                                        known.passed().contains(one.past().backupId()))
                                .isPresent()))
                .map(Set::of)
                .orElse(Set.of());
    }

    private static Optional<Candidate> lastSuccess(Stream<Candidate> good) {
        return good.filter(one -> !one.past().isDeletionIntended())
                .max(Comparator.comparing((Candidate one) -> one.past().finishedAt())
                        .thenComparing(OLDEST_FIRST));
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
