package dev.serverbackup.backup;

import dev.serverbackup.request.ServerName;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The state behind a backup service: servers, and their backups. A backup locks its server (BACKING_UP) until it is
 * finished; manual backups are limited; a new backup may be shown late. Safe for use by several threads.
 */
public final class FakeServers {
    private static final int LONGEST_DESCRIPTION = 10_000;

    private final InstantSource clock;
    private final Set<ServerName> known = new HashSet<>();
    private final List<Kept> backups = new ArrayList<>();
    private int manualLimit = 50;
    private int made;

    public FakeServers(InstantSource clock) {
        this.clock = clock;
    }

    private record Kept(Backup backup, Instant shownFrom) {
        boolean locks(ServerName server) {
            return backup.isOf(server) && backup.status() == BackupStatus.IN_PROGRESS;
        }
    }

    public synchronized void add(ServerName server) {
        known.add(server);
    }

    public synchronized void limitManualBackupsTo(int most) {
        manualLimit = most;
    }

    /** {@code CreateBackup} takes effect, or is refused with a typed answer. */
    public BackupResult create(ServerName server, String description) {
        return create(server, description, Duration.ZERO);
    }

    /**
     * As above, and {@code DescribeBackups} shows the backup late.
     *
     * @param shownAfter how late
     */
    public synchronized BackupResult create(ServerName server, String description, Duration shownAfter) {
        if (description.length() > LONGEST_DESCRIPTION) {
            return refused(ErrorType.VALIDATION, "the description is too long");
        }
        if (!known.contains(server)) {
            return refused(ErrorType.RESOURCE_NOT_FOUND, "there is no server " + server);
        }
        if (isBusy(server)) {
            return refused(ErrorType.INVALID_STATE, "the server is BACKING_UP");
        }
        if (backups.stream().filter(kept -> kept.backup().isManual()).count() >= manualLimit) {
            return refused(ErrorType.LIMIT_EXCEEDED, "there are " + manualLimit + " manual backups");
        }
        Backup backup = backup(server, Backup.MANUAL, description, clock.instant());
        backups.add(new Kept(backup, clock.instant().plus(shownAfter)));
        return new BackupResult.Started(backup);
    }

    /** {@code SendCommand} takes effect: whatever runs on the server, the command is accepted. */
    public synchronized BackupResult send(ServerName server, String description, Duration shownAfter) {
        Backup sent = backup(server, Backup.MANUAL, description, clock.instant());
        backups.add(new Kept(sent, clock.instant().plus(shownAfter)));
        return new BackupResult.Started(sent);
    }

    /** Somebody else's backup: any type, any description, any age. It locks its server. */
    public synchronized Backup startOther(ServerName server, String type, String description, Instant createdAt) {
        Backup backup = backup(server, type, description, createdAt);
        backups.add(new Kept(backup, createdAt));
        return backup;
    }

    private Backup backup(ServerName server, String type, String description, Instant createdAt) {
        return Backup.of(Map.of(Backup.ID, server + "-" + ++made))
                .with(Backup.SERVER, server.value())
                .with(Backup.STATUS, BackupStatus.IN_PROGRESS.name())
                .with(Backup.TYPE, type)
                .with(Backup.DESCRIPTION, description)
                .with(Backup.CREATED, createdAt.toString());
    }

    public synchronized boolean isBusy(ServerName server) {
        return backups.stream().anyMatch(kept -> kept.locks(server));
    }

    /** What runs on the server ends well. */
    public synchronized void finish(ServerName server) {
        change(server, backup -> backup.with(Backup.STATUS, BackupStatus.OK.name()));
    }

    /** This backup is good. */
    public synchronized void finish(String backupId) {
        stands(backupId, BackupStatus.OK);
    }

    /** A backup becomes another, unless it is gone. */
    public synchronized void change(String backupId, UnaryOperator<Backup> change) {
        backups.replaceAll(kept ->
                kept.backup().id().equals(backupId) ? new Kept(change.apply(kept.backup()), kept.shownFrom()) : kept);
    }

    /** What runs on the server fails. */
    public synchronized void fail(ServerName server, String why) {
        change(
                server,
                backup -> backup.with(Backup.STATUS, BackupStatus.FAILED.name()).with(Backup.STATUS_DESCRIPTION, why));
    }

    /** What was accepted for the server is refused there, for good: it did nothing (Run Command alone). */
    public synchronized void refuseAfterwards(ServerName server, String why) {
        failAs(server, ErrorType.INVALID_STATE.name(), why, false);
    }

    /** What runs on the server is reported as failed by a status that does not say what it did (Run Command alone). */
    public synchronized void failWithUnknownEffect(ServerName server, String status) {
        failAs(server, status, "the command ended as " + status, true);
    }

    private void failAs(ServerName server, String type, String why, boolean effectUnknown) {
        change(server, backup -> failedAs(backup, type, why, effectUnknown));
    }

    /** The same backup when it has failed in this way. */
    public static Backup failedAs(Backup backup, String type, String why, boolean effectUnknown) {
        return backup.with(Backup.STATUS, BackupStatus.FAILED.name())
                .with(Backup.FAILURE, type)
                .with(Backup.STATUS_DESCRIPTION, why)
                .with(Backup.EFFECT_UNKNOWN, effectUnknown);
    }

    /** Somebody deletes what runs on the server: it is still shown. */
    public synchronized void beginDeletion(ServerName server) {
        change(server, backup -> backup.with(Backup.STATUS, BackupStatus.DELETING.name()));
    }

    /** Somebody deletes this backup: it is still shown. */
    public synchronized void beginDeletion(String backupId) {
        stands(backupId, BackupStatus.DELETING);
    }

    /** What was to delete this backup has failed: it is as good as it was. */
    public synchronized void failDeletion(String backupId) {
        stands(backupId, BackupStatus.OK);
    }

    private void stands(String backupId, BackupStatus status) {
        change(backupId, backup -> backup.with(Backup.STATUS, status.name()));
    }

    /** The backup is gone. */
    public synchronized void remove(String backupId) {
        backups.removeIf(kept -> kept.backup().id().equals(backupId));
    }

    /** {@code DeleteBackup}: what it accepts is gone at once. */
    public synchronized DeletionResult delete(String backupId) {
        for (Kept kept : backups) {
            if (kept.backup().id().equals(backupId)) {
                return delete(kept);
            }
        }
        return new DeletionResult.AlreadyGone();
    }

    private DeletionResult delete(Kept kept) {
        return switch (kept.backup().status()) {
            case OK, FAILED -> {
                backups.remove(kept);
                yield new DeletionResult.Deleted();
            }
            case IN_PROGRESS, DELETING, UNRECOGNISED ->
                new DeletionResult.InProgress(BackupError.known(
                        ErrorType.INVALID_STATE,
                        "the backup is " + kept.backup().status()));
        };
    }

    public synchronized Quota manualBackups() {
        return new Quota.Known(
                (int) backups.stream().filter(kept -> kept.backup().isManual()).count(), manualLimit);
    }

    /** All backups of the server are gone. */
    public synchronized void forget(ServerName server) {
        backups.removeIf(kept -> kept.backup().isOf(server));
    }

    private void change(ServerName server, UnaryOperator<Backup> change) {
        backups.replaceAll(kept -> kept.locks(server) ? new Kept(change.apply(kept.backup()), kept.shownFrom()) : kept);
    }

    public synchronized ListResult shown(ServerName server) {
        return new ListResult.Backups(backups.stream()
                .filter(kept -> kept.backup().isOf(server) && !kept.shownFrom().isAfter(clock.instant()))
                .map(Kept::backup)
                .toList());
    }

    public synchronized FindResult shown(String backupId) {
        return backups.stream()
                .filter(kept ->
                        kept.backup().id().equals(backupId) && !kept.shownFrom().isAfter(clock.instant()))
                .findFirst()
                .<FindResult>map(kept -> new FindResult.Found(kept.backup()))
                .orElseGet(() -> new FindResult.Absent(
                        BackupError.known(ErrorType.RESOURCE_NOT_FOUND, "there is no backup " + backupId)));
    }

    /** Every backup that there is, shown yet or not. */
    public synchronized List<Backup> all() {
        return backups.stream().map(Kept::backup).toList();
    }

    /** Equal for equal states. */
    public synchronized Object state() {
        return List.copyOf(backups);
    }

    private static BackupResult refused(ErrorType type, String message) {
        return new BackupResult.Refused(BackupError.known(type, message));
    }
}
