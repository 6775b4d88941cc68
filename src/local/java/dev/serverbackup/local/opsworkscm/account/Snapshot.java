package dev.serverbackup.local.opsworkscm.account;

import java.time.Instant;
import java.util.List;

/**
 * All that an account has at a time, to be kept from one start to the next.
 *
 * @param runningBackups the ids of those whose end is still to come
 */
public record Snapshot(
        Instant time,
        List<StoredServer> servers,
        List<StoredBackup> backups,
        List<String> runningBackups,
        List<ServerEvent> events,
        List<Association> associations) {

    public Snapshot {
        servers = List.copyOf(servers);
        backups = List.copyOf(backups);
        runningBackups = List.copyOf(runningBackups);
        events = List.copyOf(events);
        associations = List.copyOf(associations);
    }

    /** Whether all but the time is the same. */
    boolean holdsTheSame(Snapshot other) {
        return equals(new Snapshot(
                time, other.servers, other.backups, other.runningBackups, other.events, other.associations));
    }
}
