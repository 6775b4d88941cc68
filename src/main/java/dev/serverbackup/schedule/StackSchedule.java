package dev.serverbackup.schedule;

import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The schedule of this stack, which the follow-up checks for missed slots.
 *
 * @param name the name of the rule, or of EventBridge Scheduler's schedule
 * @param text everything that determines when it fires, as text; if it changes, earlier slots are not checked
 * @param expression empty if its slots are not known, so that none can be missed
 * @param sentByScheduler whether EventBridge Scheduler sends its events, and not a rule of EventBridge
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

    /** The state of the schedule in EventBridge. */
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
     * Reads the schedule from the stack's parameters.
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
        // The sender determines the run ids, so it is part of the text.
        String sender = zone.isPresent() ? "Scheduler" : "rule";
        String text = "%s %s %s %s".formatted(expression, fires, sender, state);
        Optional<ScheduleExpression> watched = state == State.ENABLED ? read(expression, fires) : Optional.empty();
        return new StackSchedule(name, text, watched, zone.isPresent(), missedAfter, catchUp);
    }

    /** EventBridge has accepted the expression, so an expression that can't be read here must not stop backups. */
    private static Optional<ScheduleExpression> read(String expression, ZoneId zone) {
        try {
            return ScheduleExpression.parse(expression, zone);
        } catch (IllegalArgumentException e) {
            LOG.warn("missed slots of the schedule will not be found: its expression {}", e.getMessage());
            return Optional.empty();
        }
    }
}
