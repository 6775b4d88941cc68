package dev.serverbackup.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The options that say in which form an answer is written. */
public final class OutputOptions {
    private static final JsonMapper JSON = JsonMapper.builder(new JsonFactory().setCharacterEscapes(new LineEscapes()))
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    @ArgGroup
    private Form form = new Form();

    /** One of the two, or text. */
    private static final class Form {
        @Option(names = "--json", description = "One JSON document, with all that is known.")
        private boolean json;

        @Option(names = "--csv", description = "The table alone as CSV, a row each.")
        private boolean csv;
    }

    boolean isText() {
        return !form.json && !form.csv;
    }

    /** Writes an answer. */
    void print(Findings answer, Screen screen) {
        if (form.json) {
            screen.out().println(screen.writable(json(answer.json())));
        } else if (form.csv) {
            screen.out().print(csv(answer.table()));
        } else {
            screen.out().print(screen.writable(FindingsText.of(answer, screen)));
        }
    }

    static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("plain values can be written", e);
        }
    }

    /** Headings in lower case, lines end as RFC 4180 says; a cell that a spreadsheet would take for a formula is quoted. */
    static String csv(Table table) {
        List<List<String>> lines = new ArrayList<>();
        lines.add(table.headings().stream()
                .map(heading -> heading.toLowerCase(Locale.ROOT).replace(' ', '_'))
                .toList());
        table.rows()
                .forEach(row ->
                        lines.add(row.stream().map(OutputOptions::harmless).toList()));
        try {
            return CsvMapper.builder(CsvFactory.builder()
                            .enable(CsvGenerator.Feature.STRICT_CHECK_FOR_QUOTING)
                            .build())
                    .build()
                    .writer(CsvMapper.builder().build().schema().withLineSeparator("\r\n"))
                    .writeValueAsString(lines);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts can be written", e);
        }
    }

    private static String harmless(String cell) {
        if (cell.equals("-")) {
            return "";
        }
        return cell.matches("(?s)[=+@\\t\\r-].*") ? "'" + cell : cell;
    }
}
