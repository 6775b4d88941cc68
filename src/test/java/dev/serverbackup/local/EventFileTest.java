package dev.serverbackup.local;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventFileTest {
    @TempDir
    private Path folder;

    private void assertRefused(byte[] event, String reason) throws IOException {
        Path file = Files.write(folder.resolve("event.json"), event);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> EventFile.read(file))
                .withMessage(file + reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[|' is not valid JSON: line 1, column 2'",
                "{\"detail\": }|' is not valid JSON: line 1, column 12'",
                "{\"id\": {}}|' is not an event: Cannot deserialize value of type `java.lang.String` from Object value"
                        + " (token `JsonToken.START_OBJECT`)'",
            })
    void what_is_no_event_is_refused_in_one_line(String event, String reason) throws IOException {
        assertRefused(event.getBytes(StandardCharsets.UTF_8), reason);
    }

    @Test
    void a_byte_order_mark_is_called_one() throws IOException {
        assertRefused(
                "\uFEFF{}".getBytes(StandardCharsets.UTF_8),
                " begins with a byte order mark (BOM); save it as UTF-8 without one");
    }

    @Test
    void what_is_not_utf_8_is_called_so() throws IOException {
        assertRefused("{\"detail\": \"\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1), " is not UTF-8");
    }

    @Test
    void a_file_that_is_not_there_is_named() {
        Path absent = folder.resolve("absent.json");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> EventFile.read(absent))
                .withMessage("there is no event file " + absent + "; events/ has samples");
    }
}
