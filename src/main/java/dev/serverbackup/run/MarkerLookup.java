package dev.serverbackup.run;

import dev.serverbackup.audit.Entry;
import dev.serverbackup.backup.Backup;
import dev.serverbackup.backup.BackupError;
import dev.serverbackup.backup.BackupService;
import dev.serverbackup.backup.BackupStatus;
import dev.serverbackup.backup.ErrorType;
import dev.serverbackup.backup.FindResult;
import dev.serverbackup.backup.ListResult;
import dev.serverbackup.backup.Marker;
import java.time.Instant;
import java.util.List;

/** Looks an entry's backup up at the service, by its marker. */
final class MarkerLookup {
    private static final BackupError NO_TIME_LEFT =
            BackupError.known(ErrorType.THROTTLING, "no time was left in this invocation to look for the backup");

    private final BackupService backups;
    private final RateLimiter rateLimiter;
    private final Instant latest;

    /** @param latest the latest instant for a call, so that it ends before the invocation does */
    MarkerLookup(BackupService backups, RateLimiter rateLimiter, Instant latest) {
        this.backups = backups;
        this.rateLimiter = rateLimiter;
        this.latest = latest;
    }

    /** Waits for the rate limiter, then looks the backup up. */
    Result waitAndLookUp(Entry entry) {
        return rateLimiter.take(latest) ? lookUp(entry) : new Result.Unseen(NO_TIME_LEFT);
    }

    /** Looks the backup up now: the caller has taken a token from the rate limiter. */
    Result lookUp(Entry entry) {
        Marker marker = new Marker(entry.runId(), entry.serverName(), entry.requestedAt());
        return switch (backups.backupsOf(entry.serverName(), marker.since())) {
            case ListResult.Unavailable unavailable -> new Result.Unseen(unavailable.error());
            case ListResult.Backups listed -> amongOurs(marker.allIn(listed.backups()));
        };
    }

    /**
     * The newest backup that was not refused afterwards. A refused one must not be adopted again: it would fail an
     * entry that has a backup. A listing may still show a refused one as running, so the newest is checked first.
     */
    private Result amongOurs(List<Backup> marked) {
        for (Backup backup : marked) {
            if (backup.status() != BackupStatus.FAILED) {
                return new Result.Ours(backup);
            }
            // A listing says that a backup failed, but not whether the document refused it.
            if (!rateLimiter.take(latest)) {
                return new Result.Unseen(NO_TIME_LEFT);
            }
            switch (backups.backup(backup.id())) {
                case FindResult.Found(var found) when found.isRefusedAfterwards() -> {}
                case FindResult.Found(var found) -> {
                    return new Result.Ours(found);
                }
                case FindResult.Absent _ -> {
                    return new Result.Ours(backup);
                }
                case FindResult.Unavailable(var error) -> {
                    return new Result.Unseen(error);
                }
            }
        }
        return new Result.NoneOfOurs();
    }

    /** The result of a lookup. */
    sealed interface Result {
        record Ours(Backup backup) implements Result {}

        record NoneOfOurs() implements Result {}

        /** The lookup failed: nothing is known, and nothing changes. */
        record Unseen(BackupError error) implements Result {}
    }
}
