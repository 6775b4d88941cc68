package dev.serverbackup.simulation;

import dev.serverbackup.audit.BackupHistory;
import dev.serverbackup.audit.ForwardingBackupHistory;
import dev.serverbackup.audit.PastBackup;
import dev.serverbackup.backup.Backup;
import dev.serverbackup.backup.BackupBackend;
import dev.serverbackup.request.RunId;
import dev.serverbackup.request.ServerName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A history with a rule switched off: each overrides what it breaks. */
class BrokenHistory extends ForwardingBackupHistory {
    BrokenHistory(BackupHistory real) {
        super(real);
    }

    /** Deletes first. */
    static final class NoIntention extends BrokenHistory {
        NoIntention(BackupHistory real) {
            super(real);
        }

        @Override
        public boolean intendDeletion(PastBackup backup, Instant at) {
            return true;
        }
    }

    /** Writes both at once: that it will, and that it has. */
    static final class RecordsFirst extends BrokenHistory {
        RecordsFirst(BackupHistory real) {
            super(real);
        }

        @Override
        public boolean intendDeletion(PastBackup backup, Instant at) {
            boolean intended = real.intendDeletion(backup, at);
            real.deleted(backup, at);
            return intended;
        }
    }

    /** Takes all that the service has for ours. */
    static final class BelievesTheService extends BrokenHistory {
        private final Service service;

        BelievesTheService(BackupHistory real, Service service) {
            super(real);
            this.service = service;
        }

        @Override
        public List<PastBackup> undeleted(ServerName server) {
            return service.servers.all().stream()
                    .filter(backup -> backup.isOf(server))
                    .map(backup -> past(new RunId("whichever"), server, backup))
                    .toList();
        }

        @Override
        public boolean intendDeletion(PastBackup backup, Instant at) {
            return true;
        }

        private static PastBackup past(RunId runId, ServerName server, Backup backup) {
            return new PastBackup(
                    runId, server, BackupBackend.OPSWORKS_CM, backup, backup.createdAt(), false, Optional.empty());
        }
    }

    /** Takes every server's backups for those of the one that is asked for. */
    static final class OfAllServers extends BrokenHistory {
        private final Stage stage;

        OfAllServers(BackupHistory real, Stage stage) {
            super(real);
            this.stage = stage;
        }

        @Override
        public List<PastBackup> undeleted(ServerName server) {
            return stage.fleet.stream()
                    .flatMap(one -> real.undeleted(one.name()).stream())
                    .map(past -> of(server, past))
                    .toList();
        }

        @Override
        public boolean intendDeletion(PastBackup backup, Instant at) {
            return real.intendDeletion(ofItsServer(backup), at);
        }

        private PastBackup ofItsServer(PastBackup past) {
            String server = stage.service.servers.all().stream()
                    .filter(backup -> backup.id().equals(past.backupId()))
                    .map(backup -> (String) backup.members().get(Backup.SERVER))
                    .findFirst()
                    .orElse(past.serverName().value());
            return of(new ServerName(server), past);
        }

        private static PastBackup of(ServerName server, PastBackup past) {
            return new PastBackup(
                    past.runId(),
                    server,
                    past.backend(),
                    past.backup(),
                    past.finishedAt(),
                    past.isDeletionIntended(),
                    past.deletionId());
        }
    }
}
