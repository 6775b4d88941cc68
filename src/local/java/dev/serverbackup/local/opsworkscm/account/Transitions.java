package dev.serverbackup.local.opsworkscm.account;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Everything that begins now and ends later, with its length and outcome as the {@link Script} says. Whether the API
 * allows it is not asked here. The caller holds the account's monitor.
 */
public final class Transitions {

    private final AccountState holdings;
    private final Durations durations;
    private final Script script;

    Transitions(AccountState holdings, Durations durations, Script script) {
        this.holdings = holdings;
        this.durations = durations;
        this.script = script;
    }

    /** Puts a new server up, which is CREATING. */
    public StoredServer create(StoredServer server) {
        var creating = begin(server, ServerStatus.CREATING, durations.creation(), ServerStatus.HEALTHY);
        holdings.tell(creating, "Server creation started.");
        return creating;
    }

    /** Locks the server until the backup ends, after which it is in its earlier state again. */
    public StoredBackup backUp(StoredServer server, BackupType type, String description, Tags tags) {
        var takes = script.duration(server.name(), durations.backup());
        begin(server, ServerStatus.BACKING_UP, takes, server.status(holdings.time()));
        return keepBackup(
                server, type, description, holdings.time(), holdings.time().plus(takes), tags);
    }

    /** Keeps a backup from {@code createdAt} until {@code endsAt}, without touching the server. */
    StoredBackup keepBackup(
            StoredServer server, BackupType type, String description, Instant createdAt, Instant endsAt, Tags tags) {
        var backup = new StoredBackup(
                holdings.backups().freeId(server.name(), createdAt),
                type,
                server.name(),
                createdAt,
                description,
                endsAt,
                script.failure(server.name()),
                Optional.empty(),
                server.attributes(),
                server.nodes(),
                tags);
        if (endsAt.isBefore(holdings.time())) {
            holdings.backups().put(backup);
        } else {
            holdings.backups().begin(backup);
            tell(backup, "started");
        }
        return backup;
    }

    /** Begins with an automated backup; if that fails, so does the maintenance, and the server is as it was. */
    public StoredServer maintain(StoredServer server, ServerAttributes attributes) {
        var now = holdings.time();
        holdings.tell(server, "Maintenance started.");
        var saved = now.plus(script.duration(server.name(), durations.backup()));
        var backup = keepBackup(server, BackupType.AUTOMATED, "", now, saved, server.tags());
        var phase = backup.failure().isPresent()
                ? new Phase(ServerStatus.UNDER_MAINTENANCE, saved, server.status(now), backup.failure())
                : new Phase(ServerStatus.UNDER_MAINTENANCE, saved.plus(durations.maintenance()), ServerStatus.HEALTHY);
        return kept(server.with(attributes).in(phase));
    }

    /** Puts the server on a new instance with what the backup holds. */
    public StoredServer restore(
            StoredServer server, StoredBackup backup, String instanceType, Optional<String> keyPair) {
        var restored = server.with(server.attributes()
                        .upgraded(backup.attributes().engineVersion())
                        .on(instanceType, keyPair))
                .managing(backup.nodes());
        holdings.tell(restored, "Restoration from backup " + backup.id() + " started.");
        return begin(restored, ServerStatus.RESTORING, durations.restoration(), ServerStatus.HEALTHY);
    }

    /** Changes an engine attribute, whose value is not kept. */
    public StoredServer modify(StoredServer server, String attributeName) {
        holdings.tell(server, "Update of engine attribute " + attributeName + " started.");
        return begin(server, ServerStatus.MODIFYING, durations.modification(), server.status(holdings.time()));
    }

    /** After a while the server is gone, and with it its automated backups and its events. */
    public StoredServer delete(StoredServer server) {
        holdings.tell(server, "Server deletion started.");
        return begin(server, ServerStatus.DELETING, durations.deletion(), ServerStatus.DELETING);
    }

    public void delete(StoredBackup backup) {
        holdings.backups().put(backup.goneAt(holdings.time().plus(durations.deletion())));
    }

    /** The server manages the node from now on; if that is what was asked and it works, the token tells so later. */
    public void associate(StoredServer server, String node, String token, boolean works, Optional<String> certificate) {
        var nodes = new TreeSet<>(server.nodes());
        if (works) {
            nodes.add(node);
        }
        associating(server.managing(nodes), token, works, certificate);
    }

    /** A node that the server does not manage can't be disassociated: the token tells so later. */
    public void disassociate(StoredServer server, String node, String token) {
        var nodes = new TreeSet<>(server.nodes());
        var known = nodes.remove(node);
        associating(server.managing(nodes), token, known, Optional.empty());
    }

    private void associating(StoredServer server, String token, boolean works, Optional<String> certificate) {
        holdings.put(server);
        var endsAt = holdings.time().plus(durations.association());
        holdings.associations().put(token, new Association(token, server.uuid(), endsAt, works, certificate));
    }

    private StoredServer begin(StoredServer server, ServerStatus during, Duration takes, ServerStatus then) {
        return kept(server.in(new Phase(during, holdings.time().plus(takes), then)));
    }

    private StoredServer kept(StoredServer server) {
        holdings.put(server);
        return server;
    }

    private void tell(StoredBackup backup, String what) {
        var kind = backup.type() == BackupType.MANUAL ? "Manual" : "Automated";
        holdings.events()
                .add(
                        holdings.time(),
                        backup.serverName(),
                        kind + " backup " + backup.id() + " " + what + ".",
                        Backups.logUrl(backup.serverName(), backup.id()));
    }
}
