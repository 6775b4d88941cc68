package dev.serverbackup.cli.audit;

import dev.serverbackup.cli.Connection;
import dev.serverbackup.cli.Findings;
import dev.serverbackup.cli.ResultCommand;
import dev.serverbackup.cli.Table;
import dev.serverbackup.cli.Table.Column;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;

/** A command that lists the rows of a period, oldest first; by default the last seven days. */
abstract class PeriodListing extends ResultCommand {
    /** Reads the rows. */
    interface Kind {
        Rows read(AuditReader audit, Period period, int limit);
    }

    private final Kind kind;
    private final String rowsOfPeriod;
    private final List<Column<Item>> columns;
    private final boolean wrong;

    @Mixin
    private PeriodOptions period;

    @Mixin
    private LimitOption limit;

    /**
     * @param rowsOfPeriod what the rows are, and what happened to them in the period: {@code run requested}
     * @param wrong whether the exit code is 1 if there are rows
     */
    PeriodListing(Kind kind, String rowsOfPeriod, boolean wrong, List<Column<Item>> columns) {
        this.kind = kind;
        this.rowsOfPeriod = rowsOfPeriod;
        this.wrong = wrong;
        this.columns = columns;
    }

    @Override
    protected Findings answer(AuditReader audit, Connection deployment) {
        Period days = period.days(audit.clock().instant());
        Rows rows = kind.read(audit, days, limit.rows());
        boolean none = rows.items().isEmpty();
        List<String> notes = new ArrayList<>(rows.note());
        if (none) {
            notes.add("There is no %s %s (%s).".formatted(rowsOfPeriod, days, deployment));
        }
        return new Findings(List.of(), Table.of(columns, rows.items()), notes, rows.json(), wrong && !none);
    }
}
