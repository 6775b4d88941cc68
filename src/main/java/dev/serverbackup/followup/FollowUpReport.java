package dev.serverbackup.followup;

import java.util.Map;

/**
 * What one pass of the follow-up did, as JSON with these names.
 *
 * @param rows how many open rows were due and looked at
 * @param entries how the entries among them stand now, by status
 * @param notificationsSent how many notifications the bus accepted
 * @param notificationsDue how many it did not; they are due again at the next pass
 * @param deleted surplus backups that retention has deleted, or found gone
 * @param wouldDelete surplus backups that a dry run of retention left alone
 * @param verified verifications that have ended, well or not
 * @param missedSlots slots of the schedule that are {@code MISSED} now
 * @param caughtUp runs begun for slots of the schedule whose event did not come
 * @param unreadable rows that stay as they are until a person has mended them
 * @param otherBackend rows of another backend than this stack has; they were left alone, and are due again
 * @param failed rows on which something went wrong that the log names; they are due again
 * @param complete whether every due row had its turn; otherwise the time was up, and the next pass goes on
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
