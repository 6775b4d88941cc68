package dev.serverbackup.audit;

/**
 * The key of an open row, as the index shows it: the row itself must be read before anything is done. The key is not
 * validated: an invalid row must not stop the others.
 *
 * @param entry {@code run}, or {@code server#<name>}
 */
public record OpenRow(String runId, String entry) {
    /** The {@code entry} of a run's own row. */
    public static final String RUN = "run";
}
