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

/** Asks the backup service whether an entry's backup is there: the marker tells. */
final class MarkerLookup {
    private static final BackupError NO_TURN =
            BackupError.known(ErrorType.THROTTLING, "no time was left in this invocation to look for the backup");

    private final BackupService backups;
    private final RateLimiter rateLimiter;
    private final Instant latest;

    /** @param latest when a look may begin, so that it ends before the invocation does */
    MarkerLookup(BackupService backups, RateLimiter rateLimiter, Instant latest) {
        this.backups = backups;
        this.rateLimiter = rateLimiter;
        this.latest = latest;
    }

    /** Waits for a turn, and looks. */
    Result inTurn(Entry entry) {
        return rateLimiter.take(latest) ? at(entry) : new Result.Unseen(NO_TURN);
    }

    /** Looks now: the caller has taken a token from the rate limit. */
    Result at(Entry entry) {
        Marker marker = new Marker(entry.runId(), entry.serverName(), entry.requestedAt());
        return switch (backups.backupsOf(entry.serverName(), marker.since())) {
            case ListResult.Unavailable unavailable -> new Result.Unseen(unavailable.error());
            case ListResult.Backups listed -> amongOurs(marker.allIn(listed.backups()));
        };
    }

    /**
     * The newest, but for one that was refused afterwards: adopted again, it would end an entry whose backup is there. A
     * listing may still show a refused one as running, so the newest is asked first.
     */
    private Result amongOurs(List<Backup> marked) {
        for (Backup backup : marked) {
            if (backup.status() != BackupStatus.FAILED) {
                return new Result.Ours(backup);
            }
            // A listing says that a backup failed, but not whether its own line refused it.
            if (!rateLimiter.take(latest)) {
                return new Result.Unseen(NO_TURN);
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

    /** What a look showed. */
    sealed interface Result {
        record Ours(Backup backup) implements Result {}

        record NoneOfOurs() implements Result {}

        /** The look itself failed: nothing is known, and nothing changes. */
        record Unseen(BackupError error) implements Result {}
    }
}
