package dev.serverbackup.local.opsworkscm.account;

import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A backup as the service stores it. Its status is a function of time.
 *
 * @param description as the request gave it, unchanged; empty for automated backups
 * @param endsAt when it stops being IN_PROGRESS
 * @param failure why it will have failed then, as its {@code StatusDescription} says; absent if it will be OK
 * @param goneAt when its deletion is complete; absent if it was not asked for
 * @param nodes those that the server managed when it began
 */
public record StoredBackup(
        String id,
        BackupType type,
        String serverName,
        Instant createdAt,
        String description,
        Instant endsAt,
        Optional<String> failure,
        Optional<Instant> goneAt,
        ServerAttributes attributes,
        SortedSet<String> nodes,
        Tags tags) {

    public StoredBackup {
        nodes = Collections.unmodifiableSortedSet(new TreeSet<>(nodes));
    }

    public StoredBackupStatus status(Instant now) {
        if (goneAt.isPresent()) {
            return StoredBackupStatus.DELETING;
        }
        if (now.isBefore(endsAt)) {
            return StoredBackupStatus.IN_PROGRESS;
        }
        return failure.isPresent() ? StoredBackupStatus.FAILED : StoredBackupStatus.OK;
    }

    /** What the API tells as {@code StatusDescription}; empty as long as there is nothing to tell. */
    public String statusDescription(Instant now) {
        return now.isBefore(endsAt) ? "" : failure.orElse("");
    }

    boolean gone(Instant now) {
        return goneAt.filter(instant -> !now.isBefore(instant)).isPresent();
    }

    public StoredBackup goneAt(Instant instant) {
        return new StoredBackup(
                id,
                type,
                serverName,
                createdAt,
                description,
                endsAt,
                failure,
                Optional.of(instant),
                attributes,
                nodes,
                tags);
    }

    public StoredBackup tagged(Tags newTags) {
        return new StoredBackup(
                id, type, serverName, createdAt, description, endsAt, failure, goneAt, attributes, nodes, newTags);
    }
}
