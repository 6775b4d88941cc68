package dev.serverbackup.cli;

import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import java.io.Closeable;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Locale;

/**
 * Writes rows as CSV, one by one: headings in lower case, lines end as RFC 4180 says, a cell without a value is empty,
 * and one that a spreadsheet would take for a formula is quoted.
 */
public final class Csv implements Closeable {
    private static final CsvMapper MAPPER = CsvMapper.builder(CsvFactory.builder()
                    .enable(CsvGenerator.Feature.STRICT_CHECK_FOR_QUOTING)
                    .build())
            .build();

    private final SequenceWriter rows;

    private Csv(SequenceWriter rows) {
        this.rows = rows;
    }

    /** Writes the headings. Closing it closes the writer. */
    public static Csv to(Writer writer, List<String> headings) throws IOException {
        SequenceWriter rows =
                MAPPER.writer(MAPPER.schema().withLineSeparator("\r\n")).writeValues(writer);
        rows.write(headings.stream()
                .map(heading -> heading.toLowerCase(Locale.ROOT).replace(' ', '_'))
                .toList());
        return new Csv(rows);
    }

    /** Writes a row, with a cell for each heading. */
    public void row(List<String> cells) throws IOException {
        rows.write(cells.stream().map(Csv::harmless).toList());
    }

    @Override
    public void close() throws IOException {
        rows.close();
    }

    private static String harmless(String cell) {
        if (cell.equals("-")) {
            return "";
        }
        return cell.matches("(?s)[=+@\\t\\r-].*") ? "'" + cell : cell;
    }
}
