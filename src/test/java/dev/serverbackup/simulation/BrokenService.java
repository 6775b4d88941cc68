package dev.serverbackup.simulation;

import dev.serverbackup.backup.Backup;
import dev.serverbackup.backup.BackupError;
import dev.serverbackup.backup.BackupResult;
import dev.serverbackup.backup.BackupService;
import dev.serverbackup.backup.BackupStates;
import dev.serverbackup.backup.FindResult;
import dev.serverbackup.backup.ListResult;
import dev.serverbackup.request.ServerName;
import dev.serverbackup.server.Server;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/** Hands everything on; what a broken rule changes, it overrides. */
class BrokenService implements BackupService {
    final BackupService real;

    BrokenService(BackupService real) {
        this.real = real;
    }

    @Override
    public BackupResult createBackup(Server server, String description, Instant sendBefore) {
        return real.createBackup(server, description, sendBefore);
    }

    @Override
    public ListResult backupsOf(ServerName server, Instant since) {
        return real.backupsOf(server, since);
    }

    @Override
    public FindResult backup(String backupId) {
        return real.backup(backupId);
    }

    @Override
    public BackupStates states(Instant since, BooleanSupplier turn) {
        return real.states(since, turn);
    }

    /** Sends later than it may. */
    static final class LateClockLook extends BrokenService {
        private final Duration late;

        LateClockLook(BackupService real, Duration late) {
            super(real);
            this.late = late;
        }

        @Override
        public BackupResult createBackup(Server server, String description, Instant sendBefore) {
            return real.createBackup(server, description, sendBefore.plus(late));
        }
    }

    /** Sends once more when the effect is not known. */
    static final class BlindRetry extends BrokenService {
        BlindRetry(BackupService real) {
            super(real);
        }

        @Override
        public BackupResult createBackup(Server server, String description, Instant sendBefore) {
            BackupResult result = real.createBackup(server, description, sendBefore);
            return result instanceof BackupResult.Doubtful
                    ? real.createBackup(server, description, sendBefore)
                    : result;
        }
    }

    /** Takes every answer but success for a refusal. */
    static final class NoDoubt extends BrokenService {
        NoDoubt(BackupService real) {
            super(real);
        }

        @Override
        public BackupResult createBackup(Server server, String description, Instant sendBefore) {
            BackupResult result = real.createBackup(server, description, sendBefore);
            return result instanceof BackupResult.Doubtful(BackupError error)
                    ? new BackupResult.Refused(error.withoutEffect())
                    : result;
        }
    }

    /** Looks with other eyes. */
    static final class OtherLook extends BrokenService {
        private final UnaryOperator<ListResult> eyes;

        OtherLook(BackupService real, UnaryOperator<ListResult> eyes) {
            super(real);
            this.eyes = eyes;
        }

        @Override
        public ListResult backupsOf(ServerName server, Instant since) {
            return eyes.apply(real.backupsOf(server, since));
        }

        static ListResult nothing() {
            return new ListResult.Backups(List.of());
        }

        static ListResult nothingWhereItFailed(ListResult seen) {
            return seen instanceof ListResult.Unavailable ? nothing() : seen;
        }

        static UnaryOperator<ListResult> each(UnaryOperator<Backup> eyes) {
            return seen -> seen instanceof ListResult.Backups(List<Backup> backups)
                    ? new ListResult.Backups(backups.stream().map(eyes).toList())
                    : seen;
        }
    }
}
