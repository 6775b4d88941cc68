package dev.serverbackup.cli;

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

    /** The columns' headings. */
    public static <T> List<String> headings(List<Column<T>> columns) {
        return columns.stream().map(Column::heading).toList();
    }

    /** The cells of one element. */
    public static <T> List<String> row(List<Column<T>> columns, T thing) {
        return columns.stream().map(column -> column.cell().apply(thing)).toList();
    }

    /** A table with a row for each element. */
    public static <T> Table of(List<Column<T>> columns, List<T> things) {
        return new Table(
                headings(columns),
                things.stream().map(thing -> row(columns, thing)).toList());
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }
}
