package dev.serverbackup.backup;

/** The limit on manual backups, as the service returned it. */
public sealed interface Quota {
    /**
     * The current limit and use. The use changes with each backup and deletion in the account, also those of other
     * programs.
     *
     * @param used the number of manual backups, including those being deleted
     * @param maximum how many there may be; beyond that {@code CreateBackup} is refused
     */
    record Known(int used, int maximum) implements Quota {}

    /** There is no limit over all servers together. */
    record Unlimited() implements Quota {}

    /** The service did not answer: nothing is known. */
    record Unavailable(BackupError error) implements Quota {}
}
