package dev.serverbackup.backup;

/** What {@code DescribeBackups} of one backup answered. */
public sealed interface Lookup {
    record Found(Backup backup) implements Lookup {}

    /** The service knows no such backup; it may show a new one late. */
    record Absent(BackupError error) implements Lookup {}

    /** The service did not answer: nothing is known. */
    record Unavailable(BackupError error) implements Lookup {}
}
