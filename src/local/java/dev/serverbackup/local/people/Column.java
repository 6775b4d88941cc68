package dev.serverbackup.local.people;

import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/** A column of the table that a person reads. */
record Column(String heading, Function<Item, String> cell) {
    private static final Column REQUESTED = of("REQUESTED", "requestedAt");
    private static final Column RUN = of("RUN", "runId");
    private static final Column STATUS = of("STATUS", "status");
    private static final Column ATTEMPTS = of("ATTEMPTS", "attempts");
    private static final Column STARTED = of("STARTED", "startedAt");
    private static final Column FINISHED = of("FINISHED", "finishedAt");
    private static final Column NEXT_ACTION = of("NEXT ACTION", "nextActionAt");
    private static final Column SERVER = new Column("SERVER", item -> item.isRun() ? "(the run)" : item.server());
    private static final Column BACKUP = new Column("BACKUP", Item::backup);
    private static final Column ERROR = new Column("ERROR", Item::error);
    private static final Column LAST_ERROR = new Column("LAST ERROR", Item::error);

    /** What a person reads first of each row. */
    static List<Column> of(Question question, Instant now) {
        return switch (question) {
            case Question.OfServer _ -> List.of(REQUESTED, STATUS, ATTEMPTS, FINISHED, RUN, BACKUP, ERROR);
            case Question.OfRun _ -> List.of(SERVER, STATUS, ATTEMPTS, STARTED, FINISHED, BACKUP, ERROR);
            case Question.Failed _ -> List.of(REQUESTED, SERVER, ATTEMPTS, FINISHED, RUN, ERROR);
            case Question.Runs _ -> List.of(REQUESTED, STATUS, of("TARGETS", "targetCount"), RUN, counts());
            case Question.Open _ -> List.of(age(now), NEXT_ACTION, STATUS, ATTEMPTS, SERVER, RUN, LAST_ERROR);
        };
    }

    private static Column of(String heading, String attribute) {
        return new Column(heading, item -> item.shown(attribute));
    }

    private static Column counts() {
        return new Column("ENTRIES", item -> item.counts("counts"));
    }

    private static Column age(Instant now) {
        return new Column("AGE", item -> item.age(now));
    }
}
