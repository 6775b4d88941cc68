package dev.serverbackup.simulation;

import dev.serverbackup.audit.AuditRepository;
import dev.serverbackup.audit.Entry;
import dev.serverbackup.audit.FollowUpRepository;
import dev.serverbackup.audit.ForwardingFollowUpRepository;
import dev.serverbackup.audit.InMemoryFollowUpRepository;
import dev.serverbackup.audit.OpenRow;
import dev.serverbackup.audit.PastBackup;
import dev.serverbackup.audit.Row;
import dev.serverbackup.audit.Run;
import dev.serverbackup.audit.Target;
import dev.serverbackup.backup.Backup;
import dev.serverbackup.backup.BackupBackend;
import dev.serverbackup.request.RunId;
import dev.serverbackup.request.ServerName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The table over all runs with a rule switched off: each overrides what it breaks. */
class BrokenFollowUpRepository extends ForwardingFollowUpRepository {
    BrokenFollowUpRepository(FollowUpRepository real) {
        super(real);
    }

    /** An entry gets its expiry with its own notification, whatever becomes of its run. */
    static final class ExpiresWithItsNotification extends BrokenFollowUpRepository {
        ExpiresWithItsNotification(FollowUpRepository real) {
            super(real);
        }

        @Override
        public void markNotified(Entry entry, Instant at) {
            real.markNotified(entry, at);
            real.expire(InMemoryFollowUpRepository.key(entry), at.plus(Duration.ofDays(400)));
        }
    }

    /** A run leaves with its own notification, whatever is open of it. */
    static final class LeavesBeforeItsEntries extends BrokenFollowUpRepository {
        LeavesBeforeItsEntries(FollowUpRepository real) {
            super(real);
        }

        @Override
        public Optional<List<OpenRow>> withoutExpiry(Run run) {
            return Optional.of(List.of());
        }
    }

    /** Takes each row that the index shows for an open one. */
    static final class BelievesTheIndex extends BrokenFollowUpRepository {
        private final AuditRepository table;

        BelievesTheIndex(FollowUpRepository real, AuditRepository table) {
            super(real);
            this.table = table;
        }

        @Override
        public Row read(OpenRow row) {
            Row read = real.read(row);
            return read instanceof Row.Closed && row.entry().startsWith("server#") ? entry(row) : read;
        }

        private Row entry(OpenRow row) {
            ServerName server = new ServerName(row.entry().substring("server#".length()));
            return new Row.OfEntry(table.entry(new RunId(row.runId()), server).orElseThrow());
        }
    }

    /** Takes a run whose entries are final, as many as there are, for one that has ended. */
    static final class ForgetsTargets extends BrokenFollowUpRepository {
        private final AuditRepository table;

        ForgetsTargets(FollowUpRepository real, AuditRepository table) {
            super(real);
            this.table = table;
        }

        @Override
        public Row read(OpenRow row) {
            return real.read(row) instanceof Row.OfRun(Run run) ? new Row.OfRun(ended(run)) : real.read(row);
        }

        private Run ended(Run run) {
            Set<ServerName> written =
                    table.entries(run.runId()).stream().map(Entry::serverName).collect(Collectors.toSet());
            List<Target> targets = run.targets().stream()
                    .filter(target -> written.contains(target.name()))
                    .toList();
            return targets.isEmpty() ? run : withTargets(run, targets);
        }

        private static Run withTargets(Run run, List<Target> targets) {
            return new Run(
                    run.runId(),
                    run.requestHash(),
                    run.asked(),
                    run.description(),
                    run.requestedBy(),
                    run.backend(),
                    run.selector(),
                    targets,
                    run.excluded(),
                    run.skipped(),
                    run.status(),
                    run.counts(),
                    run.requestedAt());
        }
    }

    /** Deletes first. */
    static final class NoIntention extends BrokenFollowUpRepository {
        NoIntention(FollowUpRepository real) {
            super(real);
        }

        @Override
        public boolean intendDeletion(PastBackup backup, Instant at, String rules) {
            return true;
        }
    }

    /** Writes both at once: that it will, and that it has. */
    static final class RecordsFirst extends BrokenFollowUpRepository {
        RecordsFirst(FollowUpRepository real) {
            super(real);
        }

        @Override
        public boolean intendDeletion(PastBackup backup, Instant at, String rules) {
            boolean intended = real.intendDeletion(backup, at, rules);
            real.deleted(backup, at);
            return intended;
        }
    }

    /** Takes all that the service has for ours. */
    static final class BelievesTheService extends BrokenFollowUpRepository {
        private final SimulatedService service;

        BelievesTheService(FollowUpRepository real, SimulatedService service) {
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
        public boolean intendDeletion(PastBackup backup, Instant at, String rules) {
            return true;
        }

        private static PastBackup past(RunId runId, ServerName server, Backup backup) {
            return new PastBackup(
                    runId, server, BackupBackend.OPSWORKS_CM, backup, backup.createdAt(), false, Optional.empty());
        }
    }

    /** Takes every server's backups for those of the one that is asked for. */
    static final class OfAllServers extends BrokenFollowUpRepository {
        private final Stage stage;

        OfAllServers(FollowUpRepository real, Stage stage) {
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
        public boolean intendDeletion(PastBackup backup, Instant at, String rules) {
            return real.intendDeletion(ofItsServer(backup), at, rules);
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
