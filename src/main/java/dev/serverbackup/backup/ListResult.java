package dev.serverbackup.backup;

import java.util.List;

/** The result of {@code DescribeBackups} for one server. */
public sealed interface ListResult {
    /** Every backup that the service shows for the server, in no particular order. */
    record Backups(List<Backup> backups) implements ListResult {
        public Backups {
            backups = List.copyOf(backups);
        }
    }

    /** The service did not answer with a list: nothing is known. */
    record Unavailable(BackupError error) implements ListResult {}
}
