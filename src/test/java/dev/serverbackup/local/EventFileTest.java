package dev.serverbackup.local;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventFileTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        UTF-8      | [                | FILE is not valid JSON: line 1, column 2
        UTF-8      | {"detail": }     | FILE is not valid JSON: line 1, column 12
        UTF-8      | {"id": {}}       | FILE is not an event: Cannot deserialize value of type `java.lang.String` from Object \
        value (token `JsonToken.START_OBJECT`)
        UTF-8      | \uFEFF{}         | FILE begins with a byte order mark (BOM); save it as UTF-8 without one
        ISO-8859-1 | {"detail": "\u00e9"} | FILE is not UTF-8
        """)
    void what_is_no_event_is_refused_in_one_line(Charset charset, String event, String reason) throws IOException {
        Path file = Files.write(folder.resolve("event.json"), event.getBytes(charset));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> EventFile.read(file))
                .withMessage(reason.replace("FILE", file.toString()));
    }
}
