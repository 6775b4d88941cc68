package dev.serverbackup.schedule;

import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The schedule of this stack, as the follow-up watches it.
 *
 * @param name of the rule, or of EventBridge Scheduler's schedule
 * @param text all that says when it fires: where this changes, what came before is not looked at
 * @param expression absent: no slot of it is known, so none can be missed
 * @param sentByScheduler whether EventBridge Scheduler sends its events, and not a rule
 * @param missedAfter how long after its time a slot without a run is missed
 * @param catchUp for how long after that a missed slot is still caught up; zero: never
 */
public record StackSchedule(
        String name,
        String text,
        Optional<ScheduleExpression> expression,
        boolean sentByScheduler,
        Duration missedAfter,
        Duration catchUp) {
    private static final Logger LOG = LoggerFactory.getLogger(StackSchedule.class);

    /** Whether EventBridge lets it fire. */
    public enum State {
        ENABLED,
        DISABLED;

        /** @throws IllegalArgumentException for anything but a name of these */
        public static State parse(String text) {
            return Stream.of(values())
                    .filter(state -> state.name().equals(text))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("ENABLED or DISABLED, not \"%s\"".formatted(text)));
        }
    }

    /**
     * Reads what the stack's parameters say.
     *
     * @param zone of EventBridge Scheduler's schedule; absent for a rule, whose expression is in UTC
     */
    public static StackSchedule of(
            String name,
            String expression,
            Optional<ZoneId> zone,
            State state,
            Duration missedAfter,
            Duration catchUp) {
        ZoneId fires = zone.orElse(ZoneId.of("UTC"));
        // What sends the events gives the runs their ids, so it counts, too.
        String sender = zone.isPresent() ? "Scheduler" : "rule";
        String text = "%s %s %s %s".formatted(expression, fires, sender, state);
        Optional<ScheduleExpression> watched = state == State.ENABLED ? read(expression, fires) : Optional.empty();
        return new StackSchedule(name, text, watched, zone.isPresent(), missedAfter, catchUp);
    }

    /** EventBridge has accepted the expression: if it can't be read here, backups must go on all the same. */
    private static Optional<ScheduleExpression> read(String expression, ZoneId zone) {
        try {
            return ScheduleExpression.parse(expression, zone);
        } catch (IllegalArgumentException e) {
            LOG.warn("slots of the schedule that are missed will not be found: its expression {}", e.getMessage());
            return Optional.empty();
        }
    }
}
