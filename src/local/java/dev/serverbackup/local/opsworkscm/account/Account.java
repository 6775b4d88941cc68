package dev.serverbackup.local.opsworkscm.account;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The servers and backups of one account in one region. Nothing runs in the background: what has ended by now is worked
 * out whenever somebody asks. Thread-safe; whoever needs several steps to be one holds the account's monitor.
 */
public final class Account {

    private static final DateTimeFormatter BACKUP_ID_TIME =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmssSSS").withZone(ZoneOffset.UTC);

    private final Arns arns;
    private final Limits limits;
    private final Durations durations;
    private final InstantSource clock;
    private final Script script = new Script();
    private final Map<String, Server> servers = new LinkedHashMap<>();
    private final Map<String, Backup> backups = new LinkedHashMap<>();
    private Duration visibilityDelay = Duration.ZERO;

    public Account(Arns arns, Limits limits, Durations durations, InstantSource clock) {
        this.arns = arns;
        this.limits = limits;
        this.durations = durations;
        this.clock = clock;
    }

    public Arns arns() {
        return arns;
    }

    public Limits limits() {
        return limits;
    }

    public Durations durations() {
        return durations;
    }

    public Script script() {
        return script;
    }

    /** The service's time; to the millisecond, like all its time stamps. */
    public Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    public synchronized List<Server> servers() {
        return List.copyOf(servers.values());
    }

    public synchronized Optional<Server> server(String name) {
        return Optional.ofNullable(servers.get(name));
    }

    /** Adds the server, or replaces the one of that name. */
    public synchronized void put(Server server) {
        servers.put(server.name(), server);
    }

    /** Everything that is not gone yet, newest first. */
    public synchronized List<Backup> backups() {
        var now = now();
        backups.values().removeIf(backup -> backup.gone(now));
        return backups.values().stream()
                .sorted(Comparator.comparing(Backup::createdAt)
                        .thenComparing(Backup::id)
                        .reversed())
                .toList();
    }

    public synchronized Optional<Backup> backup(String id) {
        return Optional.ofNullable(backups.get(id)).filter(backup -> !backup.gone(now()));
    }

    /** Adds the backup, or replaces the one of that id. */
    public synchronized void put(Backup backup) {
        backups.put(backup.id(), backup);
    }

    /** How many count towards the limit: all that are not gone, whatever their status. */
    public synchronized int manualBackups() {
        var now = now();
        return (int) backups.values().stream()
                .filter(backup -> backup.type() == BackupType.MANUAL && !backup.gone(now))
                .count();
    }

    /**
     * Starts a backup now, whether or not the server's state allows one: it is locked until the backup ends, and then in
     * its earlier state again. Length and outcome are as the {@link #script} says.
     */
    public synchronized Backup startBackup(Server server, BackupType type, String description, Tags tags) {
        var now = now();
        var endsAt = now.plus(script.duration(server.name(), durations.backup()));
        put(server.in(new Phase(ServerStatus.BACKING_UP, endsAt, server.status(now))));
        return keepBackup(server, type, description, now, endsAt, tags);
    }

    /** Keeps a backup from {@code createdAt} until {@code endsAt}, without touching the server. */
    public synchronized Backup keepBackup(
            Server server, BackupType type, String description, Instant createdAt, Instant endsAt, Tags tags) {
        var backup = new Backup(
                freeBackupId(server.name(), createdAt),
                type,
                server.name(),
                createdAt,
                description,
                endsAt,
                script.failure(server.name()),
                Optional.empty(),
                server.attributes(),
                tags);
        put(backup);
        return backup;
    }

    /** From now on {@code DescribeBackups} shows a backup only when it is that old, as late reads would. */
    public synchronized void showBackupsAfter(Duration delay) {
        visibilityDelay = delay;
    }

    /** Whether {@code DescribeBackups} shows it already. */
    public synchronized boolean shows(Backup backup) {
        return !now().isBefore(backup.createdAt().plus(visibilityDelay));
    }

    private String freeBackupId(String serverName, Instant createdAt) {
        var time = createdAt;
        while (backups.containsKey(serverName + "-" + BACKUP_ID_TIME.format(time))) {
            time = time.plusMillis(1);
        }
        return serverName + "-" + BACKUP_ID_TIME.format(time);
    }
}
