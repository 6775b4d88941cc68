package dev.serverbackup.local.opsworkscm.account;

import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A server as the service stores it. Its state is a function of time.
 *
 * @param uuid the last part of its ARN
 * @param nodes the names of those it manages
 */
public record StoredServer(
        String name,
        String uuid,
        Instant createdAt,
        ServerAttributes attributes,
        Access access,
        AutomatedBackups automatedBackups,
        Health health,
        Seen seen,
        SortedSet<String> nodes,
        Tags tags) {

    /** How it is reached. */
    public record Access(String endpoint, boolean publicIpAddress, Optional<String> customDomain) {}

    /**
     * The ones that the service makes by itself.
     *
     * @param retentionCount how many it keeps, at least 1
     */
    public record AutomatedBackups(boolean disabled, int retentionCount) {}

    /**
     * What it does, and how that went.
     *
     * @param reason what the API tells as {@code StatusReason}, if anything
     * @param maintenance how the latest one ended; absent if there was none
     */
    public record Health(Phase phase, Optional<String> reason, Optional<MaintenanceStatus> maintenance) {

        /** Nothing but a state. */
        public static Health of(Phase phase) {
            return new Health(phase, Optional.empty(), Optional.empty());
        }
    }

    /** Until when its backup windows, and its maintenance windows, were made use of or let pass. */
    public record Seen(Instant backups, Instant maintenance) {}

    public StoredServer {
        nodes = Collections.unmodifiableSortedSet(new TreeSet<>(nodes));
    }

    /** A server without nodes whose windows count from now on. */
    public static StoredServer begun(
            String name,
            String uuid,
            Instant createdAt,
            ServerAttributes attributes,
            Access access,
            AutomatedBackups automatedBackups,
            Health health,
            Instant now,
            Tags tags) {
        return new StoredServer(
                name,
                uuid,
                createdAt,
                attributes,
                access,
                automatedBackups,
                health,
                new Seen(now, now),
                Collections.emptySortedSet(),
                tags);
    }

    public Phase phase() {
        return health.phase();
    }

    public ServerStatus status(Instant now) {
        return phase().at(now);
    }

    /** In another course of states, whatever it was told before. */
    public StoredServer in(Phase newPhase) {
        return with(new Health(newPhase, health.reason(), health.maintenance()));
    }

    public StoredServer with(Health newHealth) {
        return new StoredServer(
                name, uuid, createdAt, attributes, access, automatedBackups, newHealth, seen, nodes, tags);
    }

    public StoredServer with(ServerAttributes newAttributes) {
        return new StoredServer(
                name, uuid, createdAt, newAttributes, access, automatedBackups, health, seen, nodes, tags);
    }

    public StoredServer with(AutomatedBackups newAutomatedBackups) {
        return new StoredServer(
                name, uuid, createdAt, attributes, access, newAutomatedBackups, health, seen, nodes, tags);
    }

    public StoredServer having(Seen newSeen) {
        return new StoredServer(
                name, uuid, createdAt, attributes, access, automatedBackups, health, newSeen, nodes, tags);
    }

    public StoredServer managing(SortedSet<String> newNodes) {
        return new StoredServer(
                name, uuid, createdAt, attributes, access, automatedBackups, health, seen, newNodes, tags);
    }

    public StoredServer tagged(Tags newTags) {
        return new StoredServer(
                name, uuid, createdAt, attributes, access, automatedBackups, health, seen, nodes, newTags);
    }
}
