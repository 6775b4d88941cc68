package dev.serverbackup.backup;

/** The result of one {@code CreateBackup} call. */
public sealed interface BackupResult {
    /** Accepted: the backup itself finishes later. */
    record Started(Backup backup) implements BackupResult {}

    /** A typed error proves that nothing happened. */
    record Refused(BackupError error) implements BackupResult {}

    /** Sent, and its effect is not known: it may have taken effect, or may still do so until the call's time-out. */
    record Doubtful(BackupError error) implements BackupResult {}

    /** It was too late to send it, or to send it again after throttling: nothing happened. */
    record NotSent() implements BackupResult {}
}
