package dev.serverbackup.retention;

/**
 * How many good backups of each server are kept.
 *
 * @param keep the newest so many; 0: nothing is ever deleted
 * @param dryRun whether it is only said in the log what would be deleted
 */
public record RetentionRule(int keep, boolean dryRun) {
    /** As many as a whole account may have, unless its limit was raised. */
    public static final int MOST = 50;

    /** Nothing is ever deleted. */
    public static final RetentionRule OFF = new RetentionRule(0, false);

    /** @throws IllegalArgumentException outside of 0 to {@value #MOST} */
    public RetentionRule {
        if (keep < 0 || keep > MOST) {
            throw new IllegalArgumentException("0 to %d backups may be kept, not %d".formatted(MOST, keep));
        }
    }

    boolean isOff() {
        return keep == 0;
    }
}
