package dev.serverbackup.followup;

import dev.serverbackup.audit.Entry;
import dev.serverbackup.audit.FollowUpRepository;
import dev.serverbackup.backup.Backup;
import dev.serverbackup.backup.BackupError;
import dev.serverbackup.backup.BackupStates;
import dev.serverbackup.backup.ErrorType;
import dev.serverbackup.backup.FindResult;
import dev.serverbackup.run.Deadline;
import dev.serverbackup.run.EntryRecorder;
import dev.serverbackup.run.RateLimiter;
import dev.serverbackup.run.RunDependencies;
import dev.serverbackup.run.Timeouts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records the outcome of a started entry, from the state of its backup at the service. Safe for use by several threads.
 */
final class Completion {
    private static final Logger LOG = LoggerFactory.getLogger(FollowUp.class);
    /** One in this many started entries, the oldest, may be left out of the listing and read by a call of its own. */
    private static final int LEFT_OUT = 40;
    /** Tolerance for clocks that differ: the service's listing goes by the service's clock. */
    private static final Duration CLOCK_ROOM = Duration.ofHours(1);

    private static final String GONE = "the accepted backup is gone: ";

    private final RunDependencies dependencies;
    private final EntryRecorder recorder;
    private final RateLimiter rateLimiter;
    private final SizeCheck sizes;
    private final Instant latestCall;
    private BackupStates states = BackupStates.UNKNOWN;
    private Instant listedAt = Instant.EPOCH;

    Completion(
            RunDependencies dependencies, FollowUpRepository repository, RateLimiter rateLimiter, Deadline deadline) {
        this.dependencies = dependencies;
        this.rateLimiter = rateLimiter;
        this.sizes = new SizeCheck(repository, dependencies.backend());
        this.recorder = new EntryRecorder(dependencies.audit(), dependencies.metrics());
        this.latestCall = deadline.latestStart(dependencies.timeouts().callTimeout());
    }

    /**
     * Lists the states of many backups by pages: far fewer calls than one for each, and never more. A few that are much
     * older than the others are left out, so that they do not lengthen the listing by a day.
     *
     * @param requestedAt of all started entries that are due
     */
    void list(List<Instant> requestedAt) {
        if (requestedAt.size() < 2) {
            return;
        }
        Instant since = requestedAt.stream()
                .sorted()
                .skip(requestedAt.size() / LEFT_OUT)
                .findFirst()
                .orElseThrow()
                .minus(CLOCK_ROOM);
        listedAt = now();
        AtomicInteger pages = new AtomicInteger();
        states = dependencies
                .backups()
                .states(since, () -> pages.incrementAndGet() <= requestedAt.size() && rateLimiter.take(latestCall));
        states.trouble()
                .ifPresent(error -> LOG.atWarn()
                        .addKeyValue("errorType", error.type().name())
                        .log("the backups could not all be listed, and are looked up one by one: {}", error.message()));
    }

    /** Returns the entry as it is then; unchanged if the rate limit leaves no call in this pass. */
    Entry follow(Entry started) {
        Optional<Backup> listed = states.of(started.backup().orElseThrow());
        if (listed.isPresent()) {
            return standing(started, listed.get(), listedAt);
        }
        if (!rateLimiter.take(latestCall)) {
            return started;
        }
        // The answer is as of the time of the call: if the process is suspended afterwards, the window must not count
        // as closed.
        Instant asked = now();
        return switch (dependencies
                .backups()
                .backup(started.backup().orElseThrow().id())) {
            case FindResult.Found found -> standing(started, found.backup(), asked);
            case FindResult.Absent absent -> absent(started, absent.error(), asked);
            case FindResult.Unavailable unavailable -> unseen(started, unavailable.error(), asked);
        };
    }

    private Entry standing(Entry started, Backup backup, Instant asked) {
        return switch (backup.status()) {
            case OK -> recorder.record(started, started.succeeded(sizes.of(started.serverName(), backup), now()));
            case FAILED ->
                backup.isRefusedAfterwards() ? refused(started, backup) : failed(started, backup, why(backup));
            case DELETING -> failed(started, backup, known(ErrorType.BACKUP_VANISHED, GONE + "it is being deleted"));
            case IN_PROGRESS, UNRECOGNISED -> later(started, backup, asked);
        };
    }

    /**
     * A new backup may be shown as late as call time-out and visibility delay after the call; only after that it has
     * vanished.
     */
    private Entry absent(Entry started, BackupError error, Instant asked) {
        Timeouts timeouts = dependencies.timeouts();
        Instant visibleBy =
                started.startedAt().orElseThrow().plus(timeouts.callTimeout()).plus(timeouts.visibilityDelay());
        return asked.isAfter(visibleBy)
                ? recorder.record(started, started.failed(vanished(error), now()))
                : later(started, started.backup().orElseThrow(), asked);
    }

    /** With the backup as the service last described it. */
    private Entry failed(Entry started, Backup backup, BackupError error) {
        return recorder.record(started, started.stillRunning(backup, now()).failed(error, now()));
    }

    private static BackupError why(Backup backup) {
        String words =
                backup.statusDescription().isEmpty() ? "the service gives no reason" : backup.statusDescription();
        return new BackupError(backup.failure(), words, Optional.empty(), Optional.empty(), backup.isEffectUnknown());
    }

    /** The server was busy and did nothing: tried again until the start window closes, as for any busy server. */
    private Entry refused(Entry started, Backup backup) {
        Instant now = now();
        Instant windowEnd = started.requestedAt().plus(dependencies.timeouts().startWindow());
        BackupError busy = why(backup).saying("%s did nothing: %s".formatted(backup.id(), backup.statusDescription()));
        if (now.isAfter(windowEnd)) {
            return failed(started, backup, busy.atWindowEnd());
        }
        Instant again = now.plus(dependencies.backoff().after(started.attempts()));
        return recorder.record(started, started.refusedAfterwards(busy, again.isBefore(windowEnd) ? again : windowEnd));
    }

    /** The lookup failed, so the backup may have succeeded. */
    private Entry unseen(Entry started, BackupError lookError, Instant asked) {
        Backup backup = started.backup().orElseThrow();
        if (!isWindowOver(started, asked)) {
            return again(started, backup);
        }
        String message = "the backup was accepted, but its state could not be read when the completion window closed: "
                + lookError.message() + "; its last known status is " + backup.status();
        return failed(started, backup, BackupError.doubtful(ErrorType.NO_ANSWER, message));
    }

    private Entry later(Entry started, Backup backup, Instant asked) {
        if (!isWindowOver(started, asked)) {
            return again(started, backup);
        }
        String message =
                "the backup did not end within the completion window, and may still do so; its last known status is "
                        + backup.status();
        return failed(started, backup, BackupError.doubtful(ErrorType.COMPLETION_WINDOW_EXCEEDED, message));
    }

    private Entry again(Entry started, Backup backup) {
        Duration pause = dependencies.backoff().after(1);
        return recorder.record(started, started.stillRunning(backup, now().plus(pause)));
    }

    private boolean isWindowOver(Entry started, Instant asked) {
        return asked.isAfter(started.requestedAt().plus(dependencies.timeouts().completionWindow()));
    }

    /** If the backend only knows that it does not list the backup, the backup may still exist. */
    private static BackupError vanished(BackupError absent) {
        return absent.effectUnknown()
                ? BackupError.doubtful(ErrorType.BACKUP_VANISHED, GONE + absent.message())
                : known(ErrorType.BACKUP_VANISHED, GONE + absent.message());
    }

    private static BackupError known(ErrorType type, String message) {
        return BackupError.known(type, message);
    }

    private Instant now() {
        return dependencies.clock().instant();
    }
}
