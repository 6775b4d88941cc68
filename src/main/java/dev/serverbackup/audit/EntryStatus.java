package dev.serverbackup.audit;

/** The status of an entry; {@link Entry} shows the transitions. */
public enum EntryStatus {
    /** To be attempted; no call of an earlier attempt can still take effect. */
    PENDING,
    /** A worker holds the lease, or the effect of its call is unknown. */
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
