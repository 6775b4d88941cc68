package dev.serverbackup.followup;

import dev.serverbackup.audit.Checkpoint;
import dev.serverbackup.audit.CheckpointRepository;
import dev.serverbackup.audit.EntryStatus;
import dev.serverbackup.audit.HistoryRepository;
import dev.serverbackup.audit.HistoryRepository.PastFailure;
import dev.serverbackup.audit.HistoryRepository.PastRun;
import dev.serverbackup.audit.RunStatus;
import dev.serverbackup.notification.Notification;
import dev.serverbackup.notification.Notification.Kind;
import dev.serverbackup.notification.NotificationPublisher;
import dev.serverbackup.notification.NotificationText;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Sends a notification once a day with the results of the runs since the last digest, also if there was no run. A
 * digest is sent at least once, always with the same id. Several passes at once do no harm. Safe for use by several
 * threads.
 *
 * @param hour when digests are due: 0 to 23, in {@code zone}
 */
public record DailyDigest(
        int hour,
        ZoneId zone,
        CheckpointRepository checkpoints,
        HistoryRepository history,
        NotificationPublisher notifications,
        InstantSource clock) {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT);
    private static final int MOST_FAILURES = 1_000;
    private static final int MOST_TYPES = 4;
    private static final int MOST_SLOTS = 2;
    private static final int MOST_SERVERS = 5;

    /** How long after its hour a digest is made, so that the index shows all that was written before. */
    private static final Duration INDEX_DELAY = Duration.ofMinutes(5);

    /** The longest period of a digest: after a long outage, only the last week is reported. */
    private static final Duration LONGEST = Duration.ofDays(7);

    /**
     * Sends the digest, if it is due.
     *
     * @throws dev.serverbackup.audit.AuditUnavailableException if the audit could not be read or written
     */
    void pass(FollowUpCounters counters, Instant sendBefore) {
        Instant now = clock.instant();
        String what = "%02d:00 %s".formatted(hour, zone);
        Optional<Checkpoint> seen = checkpoints.read(Checkpoint.Kind.DIGEST);
        Optional<Checkpoint> current = seen.filter(one -> one.of().equals(what));
        if (current.isEmpty()) {
            // If the hour was changed, the next digest begins where the last one ended.
            Instant until = seen.map(Checkpoint::until).orElse(now);
            checkpoints.replace(Checkpoint.Kind.DIGEST, seen, new Checkpoint(what, until));
            return;
        }
        Instant due = due(now.minus(INDEX_DELAY));
        if (!current.get().until().isBefore(due)) {
            return;
        }
        Instant since = latest(current.get().until(), due.minus(LONGEST));
        Notification digest = digest(since, due);
        boolean accepted = notifications.send(List.of(digest), sendBefore).contains(digest.id());
        counters.notified(accepted ? 1 : 0, accepted ? 0 : 1);
        if (accepted) {
            checkpoints.replace(Checkpoint.Kind.DIGEST, current, new Checkpoint(what, due));
        }
    }

    /** When the last digest was due. */
    private Instant due(Instant now) {
        ZonedDateTime local = now.atZone(zone);
        ZonedDateTime today = ZonedDateTime.of(local.toLocalDate(), LocalTime.of(hour, 0), zone);
        return (today.isAfter(local)
                        ? ZonedDateTime.of(local.toLocalDate().minusDays(1), LocalTime.of(hour, 0), zone)
                        : today)
                .toInstant();
    }

    private static Instant latest(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private Notification digest(Instant since, Instant until) {
        List<PastRun> runs = history.runs(since, until);
        SortedMap<String, List<String>> failures = history.failures(since, until, MOST_FAILURES).stream()
                .collect(Collectors.groupingBy(
                        failure -> failure.type().name(),
                        TreeMap::new,
                        Collectors.mapping(DailyDigest::server, Collectors.toList())));
        int targets = runs.stream().mapToInt(PastRun::targets).sum();
        int succeeded = count(runs, EntryStatus.SUCCEEDED);
        int failed = count(runs, EntryStatus.FAILED);
        List<String> missed = runs.stream()
                .filter(run -> run.status() == RunStatus.MISSED)
                .map(run -> run.runId().value())
                .toList();
        int asked = runs.size() - missed.size();
        int unfinished = runs.stream()
                .filter(run -> run.status() == RunStatus.RUNNING)
                .mapToInt(PastRun::targets)
                .sum();
        boolean good = asked > 0 && unfinished == 0 && failed == 0 && failures.isEmpty() && missed.isEmpty();
        String id = "digest/" + until.truncatedTo(ChronoUnit.SECONDS);

        SortedMap<String, Object> detail = new TreeMap<>();
        detail.put("version", "1");
        detail.put("notificationId", id);
        detail.put("status", good ? "GOOD" : "BAD");
        detail.put("since", since.toString());
        detail.put("until", until.toString());
        detail.put("runs", asked);
        detail.put("missedSlots", missed.size());
        detail.put("targets", targets);
        detail.put("succeeded", succeeded);
        detail.put("failed", failed);
        String outcome = asked == 0
                ? "no run at all"
                : "%d of %d backups succeeded in %s".formatted(succeeded, targets, runs(asked));
        new NotificationText(
                        "Digest of %s: %s".formatted(day(until), outcome),
                        lines(since, until, outcome, unfinished, failures, missed))
                .addWithLinesTo(detail);
        return new Notification(id, Kind.DIGEST, detail);
    }

    private String day(Instant until) {
        return until.atZone(zone).toLocalDate().toString();
    }

    private static String runs(int number) {
        return number == 1 ? "1 run" : number + " runs";
    }

    private static String server(PastFailure failure) {
        return failure.server().value();
    }

    private static int count(List<PastRun> runs, EntryStatus status) {
        return runs.stream()
                .mapToInt(run -> run.counts().getOrDefault(status, 0))
                .sum();
    }

    /** At most ten lines. */
    private List<String> lines(
            Instant since,
            Instant until,
            String outcome,
            int unfinished,
            Map<String, List<String>> failures,
            List<String> missed) {
        List<String> lines = new ArrayList<>();
        lines.add("From %s to %s (%s): %s.".formatted(time(since), time(until), zone, outcome));
        if (unfinished > 0) {
            lines.add("%d are of runs that have not ended yet.".formatted(unfinished));
        }
        missed.stream().limit(MOST_SLOTS).forEach(run -> lines.add("Missed, and not caught up: %s.".formatted(run)));
        failures.entrySet().stream()
                .limit(MOST_TYPES)
                .forEach(type -> lines.add(
                        "%s: %s.".formatted(type.getKey(), NotificationText.firstOf(type.getValue(), MOST_SERVERS))));
        if (failures.size() > MOST_TYPES || missed.size() > MOST_SLOTS) {
            lines.add("There is more.");
        }
        lines.add("Details: ./server-backup night %s".formatted(until.toString().substring(0, 10)));
        return lines;
    }

    private String time(Instant at) {
        return TIME.format(at.atZone(zone));
    }
}
