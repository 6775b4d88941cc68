package dev.serverbackup.local.people;

import dev.serverbackup.local.TextTable;
import java.time.Instant;
import java.util.List;

/** Tells a person what was found. */
final class FoundText {
    private FoundText() {}

    /** @param now from when ages are counted */
    static String of(Question question, Found found, Place place, Instant now) {
        if (found.rows().isEmpty()) {
            return "There is no %s (%s).%n".formatted(question.sought(), place);
        }
        StringBuilder text = new StringBuilder();
        boolean isOneRun = question instanceof Question.OfRun;
        if (isOneRun) {
            found.rows().stream().filter(Item::isRun).map(FoundText::run).forEach(text::append);
        }
        if (question instanceof Question.OfServer) {
            text.append(title(found.rows().getFirst()));
        }
        List<Item> rows =
                found.rows().stream().filter(item -> !isOneRun || !item.isRun()).toList();
        if (!rows.isEmpty()) {
            text.append(table(Column.of(question, now), rows));
        }
        if (found.more()) {
            text.append("There are more: these are the first %d rows. -Dlimit=… shows others, up to %d.%n"
                    .formatted(found.rows().size(), Asked.MOST_ROWS));
        }
        return text.toString();
    }

    private static TextTable table(List<Column> columns, List<Item> rows) {
        TextTable table = new TextTable(columns.stream().map(Column::heading).toArray(String[]::new));
        rows.forEach(item -> table.add(
                columns.stream().map(column -> column.cell().apply(item)).toArray(String[]::new)));
        return table;
    }

    /** Nothing where the name says it all. */
    private static String title(Item newest) {
        return newest.server().equals(newest.shown("serverName")) ? "" : newest.server() + "\n\n";
    }

    private static String run(Item run) {
        TextTable lines = new TextTable("run", run.shown("runId"));
        lines.add("status", run.shown("status"));
        lines.add("requested", run.shown("requestedAt"));
        lines.add("by", run.shown("requestedBy", "source"));
        lines.add("request", run.shown("request"));
        lines.add("targets", run.shown("targetCount"));
        lines.add("entries", run.counts("counts"));
        lines.add("backend", run.shown("backend"));
        lines.add("selector", run.shown("selector"));
        lines.add("excluded", run.named("excluded", "name"));
        lines.add("skipped", run.named("skipped", "resource"));
        return lines + "\n";
    }
}
