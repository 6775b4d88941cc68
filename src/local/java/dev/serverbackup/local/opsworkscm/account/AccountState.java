package dev.serverbackup.local.opsworkscm.account;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All that an account has at a time, and that time. Guarded by the account's monitor. */
final class AccountState {

    private final Map<String, StoredServer> servers = new LinkedHashMap<>();
    private final Backups backups = new Backups();
    private final Events events = new Events();
    private final Map<String, Association> associations = new HashMap<>();
    private Instant time = Instant.EPOCH;

    Instant time() {
        return time;
    }

    /** Time never goes back. */
    void reach(Instant instant) {
        time = instant.isAfter(time) ? instant : time;
        associations.values().removeIf(association -> association.forgotten(time));
    }

    Map<String, StoredServer> servers() {
        return servers;
    }

    void put(StoredServer server) {
        servers.put(server.name(), server);
    }

    Backups backups() {
        return backups;
    }

    Events events() {
        return events;
    }

    Map<String, Association> associations() {
        return associations;
    }

    /** Writes down that something happens to a server now. */
    void tell(StoredServer server, String message) {
        events.add(time, server.name(), message, Backups.logUrl(server.name(), time));
    }

    Snapshot snapshot() {
        return new Snapshot(
                time,
                List.copyOf(servers.values()),
                List.copyOf(backups.all()),
                backups.running().map(StoredBackup::id).toList(),
                events.all(),
                List.copyOf(associations.values()));
    }

    void restore(Snapshot snapshot) {
        time = snapshot.time();
        snapshot.servers().forEach(this::put);
        snapshot.backups().forEach(backups::put);
        snapshot.runningBackups().forEach(id -> backups.of(id).ifPresent(backups::begin));
        snapshot.events().forEach(events::keep);
        snapshot.associations().forEach(association -> associations.put(association.token(), association));
    }
}
