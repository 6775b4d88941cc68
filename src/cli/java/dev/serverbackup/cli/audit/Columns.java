package dev.serverbackup.cli.audit;

import dev.serverbackup.cli.Table.Column;
import java.time.Instant;

/** The columns of tables of rows. */
final class Columns {
    static final Column<Item> REQUESTED = of("REQUESTED", "requestedAt");
    static final Column<Item> RUN = of("RUN", "runId");
    static final Column<Item> STATUS = of("STATUS", "status");
    static final Column<Item> ATTEMPTS = of("ATTEMPTS", "attempts");
    static final Column<Item> STARTED = of("STARTED", "startedAt");
    static final Column<Item> FINISHED = of("FINISHED", "finishedAt");
    static final Column<Item> NEXT_ACTION = of("NEXT ACTION", "nextActionAt");
    static final Column<Item> TARGETS = of("TARGETS", "targetCount");
    static final Column<Item> DELETED = of("DELETED", "deletedAt");
    static final Column<Item> NOT_KEPT_BY = of("NOT KEPT BY", "notKeptBy");
    static final Column<Item> SERVER = new Column<>("SERVER", item -> item.isRun() ? "(the run)" : item.server());
    static final Column<Item> BACKUP = new Column<>("BACKUP", Item::backup);
    static final Column<Item> BACKUP_ID = new Column<>("BACKUP", item -> item.shown("backup", "BackupId"));
    static final Column<Item> VERIFIED = new Column<>("VERIFIED", Item::verified);
    static final Column<Item> SIZE = new Column<>("SIZE", item -> item.shown("backup", "Size"));
    static final Column<Item> ERROR = new Column<>("ERROR", Item::error);
    static final Column<Item> LAST_ERROR = new Column<>("LAST ERROR", Item::error);
    static final Column<Item> ENTRIES = new Column<>("ENTRIES", item -> item.counts("counts"));

    private Columns() {}

    static Column<Item> age(Instant now) {
        return new Column<>("AGE", item -> item.age(now));
    }

    private static Column<Item> of(String heading, String attribute) {
        return new Column<>(heading, item -> item.shown(attribute));
    }
}
