package dev.serverbackup.backup;

/** What the service answered about the limit of manual backups. */
public sealed interface Quota {
    /**
     * The limit as it stands; both numbers change with every backup and deletion, of whomever.
     *
     * @param used manual backups that there are, those being deleted included
     * @param maximum manual backups that there may be; beyond it {@code CreateBackup} is refused
     */
    record Known(int used, int maximum) implements Quota {}

    /** There is no limit over all servers together. */
    record Unlimited() implements Quota {}

    /** The service did not tell: nothing is known. */
    record Unavailable(BackupError error) implements Quota {}
}
