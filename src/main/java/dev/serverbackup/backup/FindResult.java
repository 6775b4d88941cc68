package dev.serverbackup.backup;

/** The result of {@code DescribeBackups} for one backup. */
public sealed interface FindResult {
    record Found(Backup backup) implements FindResult {}

    /** The service knows no such backup; it may show a new one late. */
    record Absent(BackupError error) implements FindResult {}

    /** The service did not answer: nothing is known. */
    record Unavailable(BackupError error) implements FindResult {}
}
