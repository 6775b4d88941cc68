package dev.serverbackup.local.people;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.local.dynamodb.LocalDynamoDb;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** As Maven starts it: a process of its own, with every option there and most of them empty. */
class AskAuditProcessIT {
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    private static LocalDynamoDb local;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        local = LocalDynamoDb.start("unused");
        AuditedRows.in(local, "server-backup-audit")
                .failed("nightly", "bravo", "2026-03-02T02:00:00Z", "kein Plätzchen");
    }

    @AfterAll
    static void stop() {
        local.close();
    }

    @Test
    void an_answer_is_on_standard_output_alone() throws Exception {
        assertThat(ask("bravo")).isZero();
        assertThat(text("out")).isEqualTo("""
              REQUESTED                 STATUS  ATTEMPTS  FINISHED                  RUN      BACKUP  ERROR
              2026-03-02T02:00:00.000Z  FAILED  0         2026-03-02T02:00:02.000Z  nightly  -       \
            LimitExceededException: kein Plätzchen
            """);
        assertThat(text("err")).isEmpty();
    }

    @Test
    void a_question_that_is_missing_is_a_complaint_on_standard_error_alone() throws Exception {
        assertThat(ask("")).isEqualTo(2);
        assertThat(text("out")).isEmpty();
        assertThat(text("err")).isEqualTo("Nothing was asked.\n\n" + Usage.TEXT);
    }

    private int ask(String server) throws IOException, InterruptedException {
        List<String> command = Stream.of(
                        JAVA,
                        "-classpath",
                        System.getProperty("java.class.path"),
                        AskAudit.class.getName(),
                        "--server=" + server,
                        "--run=",
                        "--failed=",
                        "--runs=",
                        "--open=",
                        "--since=",
                        "--until=",
                        "--limit=",
                        "--json=false",
                        "--table=",
                        "--region=",
                        "--dynamodb.endpoint=" + local.endpoint())
                .toList();
        return new ProcessBuilder(command)
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile())
                .start()
                .waitFor();
    }

    private String text(String stream) throws IOException {
        return Files.readString(folder.resolve(stream), StandardCharsets.UTF_8);
    }
}
