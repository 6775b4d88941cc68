package dev.serverbackup.local.opsworkscm.account;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The association or disassociation of a node, which a caller asked for.
 *
 * @param serverUuid of the server; another one of the same name does not know the token
 * @param successful how it ends
 * @param certificate what the node gets in the end: Puppet's signed certificate, as PEM
 */
public record Association(
        String token, String serverUuid, Instant endsAt, boolean successful, Optional<String> certificate) {

    /** The API finds "recent" requests and does not say how old they may be. */
    private static final Duration REMEMBERED = Duration.ofDays(1);

    public NodeAssociationStatus status(Instant now) {
        if (now.isBefore(endsAt)) {
            return NodeAssociationStatus.IN_PROGRESS;
        }
        return successful ? NodeAssociationStatus.SUCCESS : NodeAssociationStatus.FAILED;
    }

    boolean forgotten(Instant now) {
        return now.isAfter(endsAt.plus(REMEMBERED));
    }
}
