package dev.serverbackup.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The options for the output format. */
public final class OutputOptions {
    private static final JsonMapper JSON = JsonMapper.builder(new JsonFactory().setCharacterEscapes(new LineEscapes()))
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    @ArgGroup
    private Form form = new Form();

    /** At most one of the two; otherwise text. */
    private static final class Form {
        @Option(names = "--json", description = "One JSON document, with all that is known.")
        private boolean json;

        @Option(names = "--csv", description = "The table alone as CSV, a row each; without a table, what is known.")
        private boolean csv;
    }

    boolean isText() {
        return !form.json && !form.csv;
    }

    /** Writes an answer. */
    void print(Findings answer, Screen screen) {
        if (form.csv) {
            screen.out().print(csv(answer.rows()));
        } else {
            print(answer, form.json, screen);
        }
    }

    /** Writes an answer as text or as JSON. */
    public static void print(Findings answer, boolean json, Screen screen) {
        if (json) {
            screen.out().println(screen.writable(json(answer.json())));
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

    static String csv(Table table) {
        StringWriter text = new StringWriter();
        try (Csv csv = Csv.to(text, table.headings())) {
            for (List<String> row : table.rows()) {
                csv.row(row);
            }
        } catch (IOException e) {
            throw new IllegalStateException("texts can be written", e);
        }
        return text.toString();
    }
}
