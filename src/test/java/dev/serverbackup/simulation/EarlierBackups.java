package dev.serverbackup.simulation;

import dev.serverbackup.InMemoryApplication;
import dev.serverbackup.audit.Entry;
import dev.serverbackup.audit.InMemoryFollowUpRepository;
import dev.serverbackup.audit.OpenRow;
import dev.serverbackup.backup.Backup;
import dev.serverbackup.backup.BackupError;
import dev.serverbackup.backup.BackupStatus;
import dev.serverbackup.backup.ErrorType;
import dev.serverbackup.request.BackupRequest;
import dev.serverbackup.request.RunId;
import dev.serverbackup.server.Server;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What was there before the first event: earlier runs, with entries that have long been final, and other backups. */
final class EarlierBackups {
    private static final BackupError FULL = BackupError.known(ErrorType.BACKUP_FAILED, "the disk was full");

    private final SimulatedSystem system;
    private final SimulatedFaults faults;

    EarlierBackups(SimulatedSystem system, SimulatedFaults faults) {
        this.system = system;
        this.faults = faults;
    }

    void of(Server server) {
        earlierRuns(server);
        almostOurs(server);
        if (faults.nextLong(10) == 0) {
            OpenRow alwaysDue = new OpenRow("by-hand", "server#" + server.name());
            system.rows.addUnreadable(alwaysDue, "written by hand");
            system.indexes.due(alwaysDue, Instant.EPOCH);
        }
    }

    /** Good backups that the audit knows, some of which are gone, and bad ones. */
    private void earlierRuns(Server server) {
        for (long hours = faults.nextLong(5); hours > 0; hours--) {
            Instant at = Timeline.START.minus(Duration.ofHours(hours));
            RunId runId = new RunId("earlier-" + hours);
            Backup backup = system.service.servers.startOther(
                    server.name(), Backup.MANUAL, "daily" + BackupRequest.marker(runId), at);
            boolean good = faults.nextLong(4) != 0;
            system.service.end(server.name(), !good);
            Backup ended = backup.with(Backup.STATUS, (good ? BackupStatus.OK : BackupStatus.FAILED).name());
            Entry entry = InMemoryApplication.ended(
                    system.table.rows, runId, server, ended, good ? Optional.empty() : Optional.of(FULL), at);
            system.indexes.follow(entry);
            system.indexes.left(InMemoryFollowUpRepository.key(entry));
            if (faults.nextLong(8) == 0) {
                system.service.servers.remove(backup.id());
                system.service.observe();
            }
        }
    }

    /** Foreign backups, some of which look almost like ours. */
    private void almostOurs(Server server) {
        String ours = "copy of" + BackupRequest.marker(system.runs.getFirst());
        Instant twoDaysAgo = Timeline.START.minus(Duration.ofDays(2));
        if (faults.nextLong(3) == 0) {
            system.service.servers.startOther(server.name(), Backup.MANUAL, ours, twoDaysAgo);
            system.service.servers.startOther(server.name(), "AUTOMATED", ours, Timeline.START);
            system.service.servers.startOther(server.name(), Backup.MANUAL, ours + " by hand", Timeline.START);
            system.service.end(server.name(), false);
        }
    }
}
