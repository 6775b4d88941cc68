package dev.serverbackup.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Rows of text under headings.
 *
 * @param rows each with a cell for each heading
 */
public record Table(List<String> headings, List<List<String>> rows) {
    /** No table. */
    public static final Table NONE = new Table(List.of(), List.of());

    public Table {
        headings = List.copyOf(headings);
        rows = List.copyOf(rows);
    }

    /** A column of a table of such rows. */
    public record Column<T>(String heading, Function<T, String> cell) {}

    /** A row for each of the given things. */
    public static <T> Table of(List<Column<T>> columns, List<T> things) {
        List<List<String>> rows = new ArrayList<>();
        for (T thing : things) {
            rows.add(columns.stream().map(column -> column.cell().apply(thing)).toList());
        }
        return new Table(columns.stream().map(Column::heading).toList(), rows);
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }
}
