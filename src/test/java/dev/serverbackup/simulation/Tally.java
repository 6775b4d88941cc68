package dev.serverbackup.simulation;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;

/** How often what was to be tried did happen: a simulation in which nothing goes wrong proves nothing. */
final class Tally {
    private final Map<Tried, Long> counts = new EnumMap<>(Tried.class);

    /** What the promises must withstand. */
    enum Tried {
        DELIVERY,
        PASS,
        PASS_FOR_AN_END,
        CRASH,
        FREEZE,
        SENT,
        PLAIN_CALL,
        ACCEPTED,
        REFUSED_AS_BUSY,
        REFUSED_AS_FULL,
        REQUEST_LOST,
        ANSWER_LOST,
        ERROR_WITH_EFFECT,
        ERROR_WITHOUT_EFFECT,
        THROTTLED,
        NOT_SENT,
        LOOK,
        LOOK_FAILED,
        CLAIM,
        CLAIM_AFTER_DOUBT,
        DOUBT,
        TAKE_OVER,
        STARTED,
        STILL_RUNNING,
        SUCCEEDED,
        ADOPTED,
        GIVEN_BACK,
        OVERTAKEN,
        LATE_COPY,
        SECOND_COPY,
        AUDIT_UNAVAILABLE,
        STALE_INDEX,
        NOTIFICATION,
        NOTIFICATION_REFUSED,
        NOTIFICATION_UNANSWERED,
        BACKUP_FAILS,
        BACKUP_VANISHES,
        DELETION,
        DELETION_REFUSED,
        DELETION_IN_DOUBT,
        VERIFICATION,
        VERIFICATION_IN_DOUBT,
        VERIFIED,
        FOUND_SPOILED,
        MISSED_SLOT,
        LATE_EVENT,
        DELETION_FAILS,
        REFUSED_AFTERWARDS,
        RUN_AGAIN,
        STATUS_LIES,
        OLD_LIST,
        COMMAND_SUCCEEDS,
        ATTEMPTED_AGAIN,
        RESTORE,
        RESTORE_IN_DOUBT,
        RESTORE_LOCKED_OUT,
        RESTORED,
        FAILED_KNOWN,
        FAILED_UNKNOWN;

        /** What OpsWorks CM never does: what it has accepted goes on, and no event tells of an end. */
        static final EnumSet<Tried> OF_COMMANDS = EnumSet.of(
                PASS_FOR_AN_END,
                DELETION_FAILS,
                REFUSED_AFTERWARDS,
                RUN_AGAIN,
                STATUS_LIES,
                OLD_LIST,
                COMMAND_SUCCEEDS,
                ATTEMPTED_AGAIN,
                RESTORE,
                RESTORE_IN_DOUBT,
                RESTORE_LOCKED_OUT,
                RESTORED);
    }

    void count(Tried what) {
        counts.merge(what, 1L, Long::sum);
    }

    void add(Tally other) {
        other.counts.forEach((what, count) -> counts.merge(what, count, Long::sum));
    }

    Map<Tried, Long> counts() {
        return counts;
    }
}
