package dev.serverbackup.local.people;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serverbackup.local.dynamodb.LocalDynamoDb;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The whole command: options in; text, JSON and exit code out. */
class AskAuditIT {
    private static final String HOSTILE = "no room\u001B[2J\n\u202E\u007F";
    private static final Instant NOW = Instant.parse("2026-03-02T04:05:00Z");

    private static LocalDynamoDb local;

    @BeforeAll
    static void start() {
        local = LocalDynamoDb.start("unused");
        AuditedRows rows = AuditedRows.in(local, "audit");
        rows.run("nightly", "2026-03-02T02:00:00Z", "alpha", "bravo");
        rows.succeeded("nightly", "alpha", "2026-03-02T02:00:00Z");
        rows.failed("nightly", "bravo", "2026-03-02T02:00:00Z", HOSTILE);
    }

    @AfterAll
    static void stop() {
        local.close();
    }

    @Test
    void a_run_reads_like_a_report() {
        Answer answer = ask("--run=nightly");

        assertThat(answer.code()).isZero();
        assertThat(answer.out()).isEqualTo("""
              run        nightly
              status     RUNNING
              requested  2026-03-02T02:00:00.000Z
              by         acme.release-pipeline
              request    {"all":true,"description":"before release 4711"}
              targets    2
              entries    -
              backend    opsworks-cm
              selector   {"all":true,"excludeTags":{"BackupHold":[]}}
              excluded   1: charlie (excluded by tag BackupHold)
              skipped    0

              SERVER  STATUS     ATTEMPTS  STARTED                   FINISHED                  BACKUP   ERROR
              alpha   SUCCEEDED  1         2026-03-02T02:00:01.000Z  2026-03-02T02:01:00.000Z  alpha-1  -
              bravo   FAILED     0         -                         2026-03-02T02:00:02.000Z  -        \
            LimitExceededException: no room\\u001B[2J\\u000A\\u202E\\u007F
            """);
    }

    @Test
    void what_is_open_has_an_age() {
        assertThat(ask("--open=true").out()).isEqualTo("""
              AGE     NEXT ACTION               STATUS     ATTEMPTS  SERVER     RUN      LAST ERROR
              2h 05m  2026-03-02T02:00:00.000Z  RUNNING    -         (the run)  nightly  -
              2h 05m  2026-03-02T02:00:02.000Z  FAILED     0         bravo      nightly  \
            LimitExceededException: no room\\u001B[2J\\u000A\\u202E\\u007F
              2h 05m  2026-03-02T02:01:00.000Z  SUCCEEDED  1         alpha      nightly  -
            """);
    }

    @Test
    void text_from_outside_can_not_break_the_terminal() {
        assertThat(List.of(
                        ask("--failed=true").out(),
                        ask("--failed=true", "--json=true").out()))
                .allSatisfy(
                        out -> assertThat(out.replace("\n", "")).isPrintable().contains("\\u001B[2J"));
    }

    @Test
    void json_holds_every_attribute_of_each_row() throws IOException {
        for (String question :
                List.of("--server=bravo", "--run=nightly", "--failed=true", "--runs=true", "--open=true")) {
            for (JsonNode row : json(question).get("rows")) {
                assertThat(row).as(question).isEqualTo(stored(row));
            }
        }
    }

    @Test
    void json_is_one_document_even_if_nothing_is_found() throws IOException {
        assertThat(json("--server=charlie")).hasToString("{\"rows\":[],\"more\":false}");
    }

    @Test
    void nothing_found_is_an_answer() {
        Answer answer = ask("--run=daily");

        assertThat(answer.code()).isZero();
        assertThat(answer.out()).isEqualTo("There is no run daily (table audit at " + local.endpoint() + ").\n");
    }

    @Test
    void an_unclear_question_gets_the_usage() {
        Answer answer = ask("--server=alpha", "--runs=true");

        assertThat(answer.code()).isEqualTo(2);
        assertThat(answer.err()).isEqualTo("One question at a time, not -Dserver, -Druns.\n\n" + Usage.TEXT);
        assertThat(answer.out()).isEmpty();
    }

    @Test
    void a_table_that_is_not_there_is_one_line() {
        Answer answer = ask("--open=true", "--table=elsewhere");

        assertThat(answer.code()).isEqualTo(3);
        assertThat(answer.err()).isEqualTo("There is no table elsewhere at " + local.endpoint() + ".\n");
    }

    @Test
    void a_database_that_is_not_there_is_one_line() throws IOException {
        int port = freePort();

        Answer answer = ask("--open=true", "--dynamodb.endpoint=http://127.0.0.1:" + port);

        assertThat(answer.code()).isEqualTo(3);
        assertThat(answer.err())
                .isEqualTo("The table server-backup-audit at http://127.0.0.1:" + port + " can't be reached:"
                        + " java.net.ConnectException: Connection refused. Is the local cloud up?"
                        + " mvn -q test-compile exec:exec@cloud starts it.\n");
    }

    private static JsonNode json(String question) throws IOException {
        return new ObjectMapper().readTree(ask(question, "--json=true").out());
    }

    /** The row as the table has it, by another way than the code under test. */
    private static JsonNode stored(JsonNode row) {
        Map<String, AttributeValue> key = Map.of(
                "runId", AttributeValue.fromS(row.get("runId").textValue()),
                "entry", AttributeValue.fromS(row.get("entry").textValue()));
        var item =
                local.client().getItem(get -> get.tableName("audit").key(key)).item();
        return new ObjectMapper().valueToTree(PlainValue.of(item));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static Answer ask(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Stream<String> place =
                List.of(arguments).stream().anyMatch(one -> one.matches("--(table|dynamodb[.]endpoint)=.*"))
                        ? Stream.of(arguments)
                        : Stream.concat(Stream.of("--table=audit"), Stream.of(arguments));
        Map<String, String> environment =
                Map.of("AWS_ENDPOINT_URL_DYNAMODB", local.endpoint().toString());
        int code = new AskAudit(environment, () -> NOW).run(place.toArray(String[]::new), printing(out), printing(err));
        return new Answer(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static PrintStream printing(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private record Answer(int code, String out, String err) {}
}
