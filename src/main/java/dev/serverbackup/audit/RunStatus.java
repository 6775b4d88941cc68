package dev.serverbackup.audit;

import java.util.Collection;

/** The status of a run. */
public enum RunStatus {
    /** At least one entry is not final. */
    RUNNING,
    SUCCEEDED,
    PARTIALLY_FAILED,
    FAILED,
    NO_TARGETS,
    /** The schedule's event for its slot did not come, and the slot was not caught up. There are no entries. */
    MISSED;

    /** The status of a run with exactly these entries, one for each target. */
    public static RunStatus of(Collection<EntryStatus> entries) {
        if (entries.isEmpty()) {
            return NO_TARGETS;
        }
        if (!entries.stream().allMatch(EntryStatus::isFinal)) {
            return RUNNING;
        }
        boolean anyGood = entries.contains(EntryStatus.SUCCEEDED);
        boolean anyBad = entries.contains(EntryStatus.FAILED);
        return anyGood && anyBad ? PARTIALLY_FAILED : anyGood ? SUCCEEDED : FAILED;
    }
}
