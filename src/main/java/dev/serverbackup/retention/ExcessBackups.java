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
 * Decides which of a server's good backups are kept, and why. A backup is good if its entry is {@code SUCCEEDED} and it
 * did not fail its last verification. If the service lists every backup that it has, it must also list this one as a
 * manual backup of that server that is {@code OK}. Kept are the backups that a rule keeps, by their creation; the one
 * that succeeded last, however old its creation; and the newest that passed its last verification. A backup that is not
 * good is never counted and never deleted.
 *
 * <p>The index and the listing may be stale, and several passes may decide at once. Even so, none deletes a backup that
 * the rules would keep if they saw all backups that were ever good, unless another program or a person also deletes
 * backups. The reason: an additional backup never makes a rule keep one that it would not keep without it. So deleting
 * after each success leaves the same backups as one decision over all of them.
 */
public final class ExcessBackups {
    /** By creation; at the same instant by id, so that every process has the same order. */
    private static final Comparator<Candidate> OLDEST_FIRST = Comparator.comparing(Candidate::createdAt)
            .thenComparing(one -> one.past().backupId());

    private ExcessBackups() {}

    private record Candidate(PastBackup past, Instant createdAt) {}

    /** The backups that nothing keeps, oldest first. */
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
     * One verdict for each good backup, newest first. A backup whose deletion is intended may disappear at any moment,
     * so no rule counts it; but it may still be excess, since the deletion may never have been asked for.
     *
     * @param succeeded the backup that has just succeeded: it is always kept
     * @param past the server's backups in the audit; those of another backend are ignored
     * @param listed the backups that the service lists; empty if it does not list every backup, so that only the audit
     *     decides
     * @param verification the state of the server's verification; empty if none of its backups was ever verified
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

    /** The backup that has just succeeded, and the one that succeeded last: another pass may have been in between. */
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

    /** By id. The backup that has just succeeded is added, since the index may not have it yet. */
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
