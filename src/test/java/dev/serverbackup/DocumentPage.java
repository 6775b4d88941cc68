package dev.serverbackup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** A page of the documents, by what it shows: JSON and tables. */
public record DocumentPage(String text) {
    private static final Pattern JSON = Pattern.compile("```json\n(.*?)```", Pattern.DOTALL);
    private static final Pattern BORDER = Pattern.compile("\\|");

    public static DocumentPage read(String path) {
        try {
            return new DocumentPage(Files.readString(Path.of(path)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All that is shown as JSON, from top to bottom. */
    public List<JsonNode> json() {
        return JSON.matcher(text).results().map(block -> parsed(block.group(1))).toList();
    }

    /**
     * The rows of the one table with this header, by their first cell. Cells are plain text, without code's marks.
     *
     * @param header the header's line, or how it begins
     */
    public Map<String, List<String>> table(String header) {
        Map<String, List<String>> rows = new LinkedHashMap<>();
        text.lines()
                .dropWhile(line -> !line.startsWith(header))
                .takeWhile(line -> line.startsWith("|"))
                .skip(2)
                .map(DocumentPage::cells)
                .forEach(cells -> rows.put(cells.getFirst(), cells));
        return rows;
    }

    private static List<String> cells(String row) {
        return BORDER.splitAsStream(row.substring(1))
                .map(cell -> cell.replace("`", "").strip())
                .toList();
    }

    private static JsonNode parsed(String json) {
        try {
            return new JsonMapper().readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
