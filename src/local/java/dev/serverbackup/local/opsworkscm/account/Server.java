package dev.serverbackup.local.opsworkscm.account;

import java.time.Instant;
import java.util.Optional;

/**
 * A server as the service stores it. Its state is a function of time.
 *
 * @param uuid the last part of its ARN
 * @param statusReason what the API tells as {@code StatusReason}, if anything
 */
public record Server(
        String name,
        String uuid,
        Instant createdAt,
        ServerAttributes attributes,
        Access access,
        AutomatedBackups automatedBackups,
        Phase phase,
        Optional<String> statusReason,
        Tags tags) {

    /** How it is reached. */
    public record Access(String endpoint, boolean publicIpAddress, Optional<String> customDomain) {}

    /**
     * The ones that the service makes by itself.
     *
     * @param retentionCount how many it keeps, at least 1
     */
    public record AutomatedBackups(boolean disabled, int retentionCount) {}

    public ServerStatus status(Instant now) {
        return phase.at(now);
    }

    public Server in(Phase newPhase) {
        return new Server(name, uuid, createdAt, attributes, access, automatedBackups, newPhase, statusReason, tags);
    }

    public Server tagged(Tags newTags) {
        return new Server(name, uuid, createdAt, attributes, access, automatedBackups, phase, statusReason, newTags);
    }
}
