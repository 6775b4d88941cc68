package dev.serverbackup.local.opsworkscm.account;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The backups that an account has. Guarded by the account's monitor. */
final class Backups {

    private static final DateTimeFormatter ID_TIME =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmssSSS").withZone(ZoneOffset.UTC);
    private static final Comparator<StoredBackup> NEWEST_FIRST = Comparator.comparing(StoredBackup::createdAt)
            .thenComparing(StoredBackup::id)
            .reversed();

    private final Map<String, StoredBackup> byId = new LinkedHashMap<>();
    private final Set<String> running = new LinkedHashSet<>();

    void put(StoredBackup backup) {
        byId.put(backup.id(), backup);
    }

    /** Adds one whose end is still to come, and to be dealt with. */
    void begin(StoredBackup backup) {
        put(backup);
        running.add(backup.id());
    }

    /** The end of this one has been dealt with. */
    void ended(StoredBackup backup) {
        running.remove(backup.id());
    }

    void remove(StoredBackup backup) {
        byId.remove(backup.id());
        running.remove(backup.id());
    }

    Optional<StoredBackup> of(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    List<StoredBackup> newestFirst() {
        return newestFirst(backup -> true);
    }

    List<StoredBackup> newestFirst(Predicate<StoredBackup> wanted) {
        return byId.values().stream().filter(wanted).sorted(NEWEST_FIRST).toList();
    }

    int manual() {
        return (int) byId.values().stream()
                .filter(backup -> backup.type() == BackupType.MANUAL)
                .count();
    }

    /** Those of {@link #begin} whose end has not been dealt with yet. */
    Stream<StoredBackup> running() {
        return running.stream().map(byId::get);
    }

    Collection<StoredBackup> all() {
        return byId.values();
    }

    /** An id in the form that the API documents, and that no backup has yet. */
    String freeId(String serverName, Instant createdAt) {
        var time = createdAt;
        while (byId.containsKey(serverName + "-" + ID_TIME.format(time))) {
            time = time.plusMillis(1);
        }
        return serverName + "-" + ID_TIME.format(time);
    }

    static String logUrl(String serverName, Instant at) {
        return logUrl(serverName, serverName + "-" + ID_TIME.format(at));
    }

    static String logUrl(String serverName, String log) {
        return "https://s3.amazonaws.com/" + serverName + "/" + log;
    }
}
