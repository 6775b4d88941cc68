package dev.serverbackup.notification;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Word of something that has ended, for other workflows to go on from.
 *
 * @param id stable: the same for each sending of one notification, so that a receiver can drop doubles
 * @param detail what is told, by name: each a {@code String}, {@code Integer}, {@code Boolean}, a list, or a map of these
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

        /** As it stands in the event; never what a request is asked with, so that no notification triggers a run. */
        public String detailType() {
            return detailType;
        }
    }
}
