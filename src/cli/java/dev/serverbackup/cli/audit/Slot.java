package dev.serverbackup.cli.audit;

import dev.serverbackup.cli.report.Outcome;
import dev.serverbackup.request.RequestedBy;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A slot of a schedule, read from the id of its run: {@code <rule>@<time>}, and of EventBridge Scheduler {@code
 * schedule-<time>}.
 */
record Slot(String schedule, Instant at) {
    private static final Pattern RUN = Pattern.compile(
            "(?<schedule>.+)[@-](?<at>[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]+)?)?Z)");

    private static final Set<String> SCHEDULERS = Set.of("aws.events", "aws.scheduler", RequestedBy.CATCH_UP.source());

    /**
     * The result of a slot.
     *
     * @param run the whole row
     */
    record Result(Slot slot, Outcome outcome, Item run) {
        /** Empty if the run is not from a schedule. */
        static Optional<Result> of(Item run) {
            return SCHEDULERS.contains(run.shown("requestedBy", "source"))
                    ? Slot.of(run).map(slot -> new Result(slot, outcome(run), run))
                    : Optional.empty();
        }

        private static Outcome outcome(Item run) {
            return run.isMissed() ? Outcome.MISSED : run.isCaughtUp() ? Outcome.CAUGHT_UP : Outcome.RAN;
        }
    }

    /** The slot in a run's id; empty if the id names none. */
    static Optional<Slot> of(Item run) {
        Matcher id = RUN.matcher(run.shown("runId"));
        try {
            return id.matches()
                    ? Optional.of(new Slot(
                            id.group("schedule"),
                            OffsetDateTime.parse(id.group("at")).toInstant()))
                    : Optional.empty();
        } catch (DateTimeException noTime) {
            return Optional.empty();
        }
    }
}
