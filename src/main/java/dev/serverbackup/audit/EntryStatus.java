package dev.serverbackup.audit;

/** Where an entry is in its life: see {@link Entry}. */
public enum EntryStatus {
    /** To be attempted; no call of ours can still take effect. */
    PENDING,
    /** A worker holds the lease, or the effect of its call is in doubt. */
    CALLING,
    /** The service accepted; the backup runs. */
    STARTED,
    /** Final: the backup is there. */
    SUCCEEDED,
    /** Final: there is no backup of this run, and the error says why. */
    FAILED;

    public boolean isFinal() {
        return this == SUCCEEDED || this == FAILED;
    }
}
