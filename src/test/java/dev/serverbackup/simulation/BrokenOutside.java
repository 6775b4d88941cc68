package dev.serverbackup.simulation;

import dev.serverbackup.audit.Entry;
import dev.serverbackup.backup.Backup;
import dev.serverbackup.backup.BackupDeletion;
import dev.serverbackup.backup.BackupError;
import dev.serverbackup.backup.BackupStatus;
import dev.serverbackup.backup.DeletionResult;
import dev.serverbackup.backup.FindResult;
import dev.serverbackup.backup.ListResult;
import dev.serverbackup.notification.Notification;
import dev.serverbackup.notification.NotificationPublisher;
import dev.serverbackup.request.ServerName;
import dev.serverbackup.simulation.Broken.Change;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Ways to the outside that break a rule of the follow-up. */
final class BrokenOutside {
    private BrokenOutside() {}

    static Outside unwritten(Outside outside) {
        return outside.with(new BrokenAudit(outside.audit()) {
            @Override
            public Entry create(Entry pending) {
                return pending;
            }
        });
    }

    static Outside blind(Outside outside) {
        return outside.with(new BrokenService.OtherLook(outside.backups(), _ -> BrokenService.OtherLook.nothing()));
    }

    /** Looks backups up with other eyes. */
    static Change lookups(UnaryOperator<FindResult> eyes) {
        return (outside, _) -> outside.with(new BrokenService(outside.backups()) {
            @Override
            public FindResult backup(String id) {
                return eyes.apply(real.backup(id));
            }
        });
    }

    /** What is not shown is being deleted. */
    static Outside absentIsGone(Outside outside, Stage stage) {
        return outside.with(new BrokenService(outside.backups()) {
            @Override
            public FindResult backup(String id) {
                FindResult seen = real.backup(id);
                return seen instanceof FindResult.Absent ? in(BackupStatus.DELETING, stage, id, seen) : seen;
            }
        });
    }

    static FindResult failedIsAbsent(FindResult seen) {
        return seen instanceof FindResult.Unavailable(BackupError error) ? new FindResult.Absent(error) : seen;
    }

    static FindResult deletingIsGood(FindResult seen) {
        return seen instanceof FindResult.Found(Backup backup) && backup.status() == BackupStatus.DELETING
                ? new FindResult.Found(backup.with(Backup.STATUS, BackupStatus.OK.name()))
                : seen;
    }

    private static FindResult in(BackupStatus status, Stage stage, String id, FindResult otherwise) {
        return stage.service.servers.all().stream()
                .filter(backup -> backup.id().equals(id))
                .map(backup -> backup.with(Backup.STATUS, status.name()))
                .<FindResult>map(FindResult.Found::new)
                .findFirst()
                .orElse(otherwise);
    }

    /** Takes what was sent for accepted. */
    static Outside unheard(Outside outside) {
        NotificationPublisher deaf = (notifications, sendBefore) -> {
            outside.notifications().send(notifications, sendBefore);
            return notifications.stream().map(Notification::id).collect(Collectors.toSet());
        };
        return outside.with(deaf);
    }

    /** Retention sees the backups of all servers as one's. */
    static Outside allServers(Outside outside, Stage stage) {
        BrokenService eyes = new BrokenService(outside.backups()) {
            @Override
            public ListResult backupsOf(ServerName server, Instant since) {
                return new ListResult.Backups(stage.service.servers.all().stream()
                        .map(backup -> backup.with(Backup.SERVER, server.value()))
                        .toList());
            }
        };
        return outside.with(eyes).with(new BrokenFollowUpRepository.OfAllServers(outside.repository(), stage));
    }

    /** The newest seems to be the oldest. */
    static Outside turnedRound(Outside outside) {
        Instant pivot = World.START.plus(Duration.ofDays(1));
        return outside.with(new BrokenService.OtherLook(
                outside.backups(),
                BrokenService.OtherLook.each(backup -> backup.with(
                        Backup.CREATED,
                        pivot.plus(Duration.between(backup.createdAt(), pivot)).toString()))));
    }

    /** Takes every answer for an accepted deletion. */
    static Outside alwaysDeleted(Outside outside) {
        BackupDeletion real = outside.deletion();
        return outside.with(new BackupDeletion() {
            @Override
            public DeletionResult delete(Backup backup, Optional<String> accepted) {
                real.delete(backup, accepted);
                return new DeletionResult.Deleted();
            }

            @Override
            public boolean listsAllBackups() {
                return real.listsAllBackups();
            }
        });
    }
}
