package dev.serverbackup.audit;

/**
 * The key of a row that is still open, as the index shows it: the row itself must be read before anything is done.
 * Nothing of it is checked: whatever stands in the table must not stop the others.
 *
 * @param entry {@code run}, or {@code server#<name>}
 */
public record OpenRow(String runId, String entry) {
    /** The {@code entry} of a run's own row. */
    public static final String RUN = "run";
}
