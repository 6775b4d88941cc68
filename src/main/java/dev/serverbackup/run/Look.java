package dev.serverbackup.run;

import dev.serverbackup.audit.Entry;
import dev.serverbackup.backup.Backup;
import dev.serverbackup.backup.BackupError;
import dev.serverbackup.backup.BackupService;
import dev.serverbackup.backup.ErrorType;
import dev.serverbackup.backup.Listing;
import dev.serverbackup.backup.Marker;
import java.time.Instant;
import java.util.Optional;

/** Asks the backup service whether an entry's backup is there: the marker tells. */
final class Look {
    private static final BackupError NO_TURN =
            BackupError.known(ErrorType.THROTTLING, "no time was left in this invocation to look for the backup");

    private final BackupService backups;
    private final Pace pace;
    private final Instant latest;

    /** @param latest when a look may begin, so that it ends before the invocation does */
    Look(BackupService backups, Pace pace, Instant latest) {
        this.backups = backups;
        this.pace = pace;
        this.latest = latest;
    }

    /** Waits for a turn, and looks. */
    Result inTurn(Entry entry) {
        return pace.take(latest) ? at(entry) : new Result.Unseen(NO_TURN);
    }

    /** Looks now: whoever asks has had its turn. */
    Result at(Entry entry) {
        Marker marker = new Marker(entry.runId(), entry.serverName(), entry.requestedAt());
        return switch (backups.backupsOf(entry.serverName(), marker.since())) {
            case Listing.Unavailable unavailable -> new Result.Unseen(unavailable.error());
            case Listing.Backups listed -> {
                Optional<Backup> ours = marker.findIn(listed.backups());
                yield ours.<Result>map(Result.Ours::new).orElseGet(Result.NoneOfOurs::new);
            }
        };
    }

    /** What a look showed. */
    sealed interface Result {
        record Ours(Backup backup) implements Result {}

        record NoneOfOurs() implements Result {}

        /** The look itself failed: nothing is known, and nothing changes. */
        record Unseen(BackupError error) implements Result {}
    }
}
