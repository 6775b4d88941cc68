package dev.serverbackup.notification;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A notification that something has ended, for other workflows and for people.
 *
 * @param id the same each time a notification is sent, so that a receiver can discard duplicates
 * @param detail the content by name; each value is a {@code String}, {@code Integer}, {@code Boolean}, a list, or a map
 *     of these
 */
public record Notification(String id, Kind kind, SortedMap<String, Object> detail) {
    public Notification {
        detail = Collections.unmodifiableSortedMap(new TreeMap<>(detail));
    }

    /** What has ended. */
    public enum Kind {
        BACKUP_FINISHED("Server Backup Finished"),
        RUN_FINISHED("Server Backup Run Finished"),
        VERIFICATION_FAILED("Server Backup Verification Failed"),
        DIGEST("Server Backup Digest");

        private final String detailType;

        Kind(String detailType) {
            this.detailType = detailType;
        }

        /** The event's detail type; never that of a request, so that no notification starts a run. */
        public String detailType() {
            return detailType;
        }
    }
}
