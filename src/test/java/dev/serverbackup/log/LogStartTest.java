package dev.serverbackup.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What the first log line of a process takes. */
class LogStartTest {
    private static final Pattern XML =
            Pattern.compile("\\b(javax\\.xml|org\\.xml\\.sax|org\\.w3c\\.dom|joran\\.action)\\.");

    @TempDir
    private static Path folder;

    private static List<String> loaded;
    private static String printed;
    private static String complaints;

    /** The process. */
    public static final class Speaker {
        private Speaker() {}

        /** @param arguments none */
        public static void main(String[] arguments) {
            LoggerFactory.getLogger("dev.serverbackup").info("said");
        }
    }

    @BeforeAll
    static void speak() throws IOException, InterruptedException {
        Path classes = folder.resolve("classes");
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        var builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xlog:class+load:file=" + classes,
                        Speaker.class.getName())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        assertThat(builder.start().waitFor()).isZero();
        loaded = Files.readAllLines(classes, StandardCharsets.UTF_8);
        printed = Files.readString(out);
        complaints = Files.readString(err);
    }

    @Test
    void it_is_the_one_line_that_is_printed() {
        assertThat(printed.lines()).singleElement().asString().contains("\"message\":\"said\"");
    }

    @Test
    void it_loads_no_class_of_a_configuration_in_xml() {
        assertThat(loaded)
                .hasSizeGreaterThan(400)
                .noneMatch(line -> XML.matcher(line).find());
    }

    @Test
    void nobody_complains_of_backends_that_are_missing_or_too_many() {
        assertThat(complaints).isEmpty();
    }
}
