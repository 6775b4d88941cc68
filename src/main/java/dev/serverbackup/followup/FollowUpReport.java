package dev.serverbackup.followup;

import java.util.Map;

/**
 * The report of one pass of the follow-up, as JSON with these names.
 *
 * @param rows how many open rows were due and read
 * @param entries how many of the entries among them now have each status
 * @param notificationsSent how many notifications the bus accepted
 * @param notificationsDue how many it did not; they are due again at the next pass
 * @param deleted excess backups that retention has deleted, or found already deleted
 * @param wouldDelete excess backups that a dry run of retention did not delete
 * @param verified verifications that have ended, whatever their result
 * @param missedSlots slots of the schedule that were recorded as {@code MISSED}
 * @param caughtUp runs that were started for slots whose event was not received
 * @param unreadable invalid rows, which stay as they are until a person corrects them
 * @param otherBackend rows of another backend than this stack's; they were skipped, and are due again
 * @param failed rows with an error, which the log names; they are due again
 * @param complete whether every due row was processed; otherwise the time was up, and the next pass continues
 */
public record FollowUpReport(
        int rows,
        Map<String, Integer> entries,
        int notificationsSent,
        int notificationsDue,
        int deleted,
        int wouldDelete,
        int verified,
        int missedSlots,
        int caughtUp,
        int unreadable,
        int otherBackend,
        int failed,
        boolean complete) {}
