package dev.serverbackup.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.Column.Overflow;
import picocli.CommandLine.Help.TextTable;

/**
 * Formats a result as text. On a terminal no line is wider than the terminal: the last column is wrapped, and if that
 * does not fit, each row becomes a block of lines. Otherwise each row is one line, however long.
 */
final class FindingsText {
    private static final int GAP = 2;
    private static final int LEAST_LAST_COLUMN = 24;
    private static final Map<String, String> STYLES = Map.of(
            "FAILED", "red",
            "PARTIALLY_FAILED", "red",
            "MISSED", "red",
            "SUCCEEDED", "green",
            "CALLING", "yellow",
            "STARTED", "yellow",
            "PENDING", "yellow",
            "RUNNING", "yellow");

    /** Where the headings are; they are not coloured like values, although {@code STARTED} is also a status. */
    private enum Headings {
        NONE,
        ABOVE,
        LEFT
    }

    private FindingsText() {}

    static String of(Findings answer, Screen screen) {
        StringBuilder text = new StringBuilder();
        if (!answer.facts().isEmpty()) {
            List<List<String>> facts = answer.facts().stream()
                    .map(fact -> List.of(fact.label(), fact.value()))
                    .toList();
            text.append(wrapped(facts, screen, Headings.LEFT));
        }
        if (!answer.table().isEmpty()) {
            text.append(text.isEmpty() ? "" : "\n").append(table(answer.table(), screen));
        }
        if (!answer.notes().isEmpty()) {
            text.append(text.isEmpty() ? "" : "\n");
            answer.notes().forEach(note -> text.append(paragraph(note, screen)));
        }
        return text.toString();
    }

    private static String table(Table table, Screen screen) {
        List<List<String>> lines = new ArrayList<>();
        lines.add(table.headings());
        lines.addAll(table.rows());
        int beforeLast = widths(lines).subList(0, table.headings().size() - 1).stream()
                .mapToInt(width -> width + GAP)
                .sum();
        boolean fits = screen.width()
                .map(width -> beforeLast + GAP + LEAST_LAST_COLUMN <= width || total(lines) <= width)
                .orElse(true);
        return fits ? wrapped(lines, screen, Headings.ABOVE) : blocks(table, screen);
    }

    private static String blocks(Table table, Screen screen) {
        StringBuilder text = new StringBuilder();
        for (List<String> row : table.rows()) {
            List<List<String>> lines = IntStream.range(0, row.size())
                    .mapToObj(at -> List.of(table.headings().get(at), row.get(at)))
                    .toList();
            text.append(text.isEmpty() ? "" : "\n").append(wrapped(lines, screen, Headings.LEFT));
        }
        return text.toString();
    }

    /** Columns as wide as needed; the last one gets the remaining width, and is wrapped. */
    private static String wrapped(List<List<String>> lines, Screen screen, Headings headings) {
        List<Integer> widths = widths(lines);
        int last = widths.size() - 1;
        int before =
                widths.subList(0, last).stream().mapToInt(width -> width + GAP).sum() + GAP;
        int lastWidth = screen.width()
                .map(width -> Math.min(widths.get(last), Math.max(1, width - before)))
                .orElse(widths.get(last));
        List<Column> columns = new ArrayList<>();
        for (int at = 0; at < last; at++) {
            columns.add(new Column(widths.get(at) + GAP, GAP, Overflow.TRUNCATE));
        }
        columns.add(new Column(Math.max(1, lastWidth) + GAP, GAP, Overflow.WRAP));
        TextTable text = TextTable.forColumns(screen.colours(), columns.toArray(Column[]::new));
        boolean paragraph =
                headings == Headings.NONE && !lines.getFirst().getFirst().startsWith("- ");
        text.indentWrappedLines = paragraph ? 0 : GAP;
        for (int row = 0; row < lines.size(); row++) {
            List<String> line = lines.get(row);
            boolean allHeadings = row == 0 && headings == Headings.ABOVE;
            text.addRowValues(IntStream.range(0, line.size())
                    .mapToObj(at -> allHeadings || (at == 0 && headings == Headings.LEFT)
                            ? text(line.get(at), screen)
                            : styled(line.get(at), screen))
                    .toArray(Ansi.Text[]::new));
        }
        return text.toString().lines().map(String::stripTrailing).reduce("", (all, line) -> all + line + "\n");
    }

    private static Ansi.Text styled(String cell, Screen screen) {
        String style = STYLES.get(cell);
        return style == null ? text(cell, screen) : screen.colours().apply(cell, List.of(Ansi.Style.parse(style)));
    }

    /** Not parsed as markup. */
    private static Ansi.Text text(String cell, Screen screen) {
        return screen.colours().apply(cell, List.of());
    }

    /** A paragraph, wrapped on a terminal. */
    static String paragraph(String note, Screen screen) {
        return wrapped(List.of(List.of(note)), screen, Headings.NONE).replaceAll("(?m)^ {" + GAP + "}", "");
    }

    private static List<Integer> widths(List<List<String>> lines) {
        return IntStream.range(0, lines.getFirst().size())
                .mapToObj(column -> lines.stream()
                        .mapToInt(line -> line.get(column).length())
                        .max()
                        .orElse(0))
                .map(width -> Math.max(1, width))
                .toList();
    }

    private static int total(List<List<String>> lines) {
        return widths(lines).stream().mapToInt(width -> width + GAP).sum();
    }
}
