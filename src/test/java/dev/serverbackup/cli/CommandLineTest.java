package dev.serverbackup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.serverbackup.audit.RunStatus;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is understood, and what is said of what is not. */
class CommandLineTest {
    private static final String NOW = "2026-03-02T04:05:00Z";
    private static final String NOBODY = "--endpoint=http://127.0.0.1:1";

    static Stream<String> commands() {
        return ServerBackup.commandNames().stream();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void every_command_has_help_that_fits_80_columns(String command) {
        InProcess help = InProcess.run(NOW, command, "--help");

        assertThat(help.code()).isZero();
        assertThat(help.out()).startsWith("Usage: server-backup " + command);
        assertThat(help.out().lines()).allMatch(line -> line.length() <= 80);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        nigt                        | Unmatched argument at index 0: 'nigt'; did you mean night?
        night --tabel=audit         | Unknown option: '--tabel=audit'; did you mean --table?
        night                       | give one of --stack NAME, --table NAME, --local, to say which audit is read
        night --table=audit --region=eu-central-1 2026-13-01 | DATE is a date of the years 1970 to 9999 such as 2026-11-20, not "2026-13-01"
        open --local-prt=1          | Unknown option: '--local-prt=1'; did you mean --local or --local-port?
        apply --table=audit --region=eu-central-1 no.plan | there is no file no.plan
        night --table=a/b           | --table is a table's name, 3 to 255 of A-Z a-z 0-9 _ . -, not 'a/b'
        night --table=abc --region=EU | --region is a region's name such as eu-central-1, not 'EU'
        night --local --table=audit | --local can't be combined with --stack, --table, --region, --profile or --endpoint
        night --local-port=0        | --local-port is 1 to 65534, not 0
        failed --table=audit --region=eu-central-1 --limit=0 | --limit is a number of rows, 1 to 10000, not 0
        failed --table=audit --region=eu-central-1 --since=yesterday | --since is a date such as 2026-11-20 or an instant such as 2026-11-20T02:00:00Z, not "yesterday"
        server --table=audit        | Missing required parameter: 'NAME'
        server --table=audit --region=eu-central-1 a_b    | NAME is a name of 1 to 40 letters, digits and hyphens, a letter first, not 'a_b'
        run --table=audit --region=eu-central-1 a/b       | ID is 1 to 100 of A-Z a-z 0-9 . _ : @ -, not 'a/b'
        overdue --table=audit --region=eu-central-1 --hours=0 | --hours is 1 to 8760, not 0
        ask --table=audit --region=eu-central-1           | say which servers: --tag KEY=VALUE, --server NAME, or --all
        restore --table=audit --region=eu-central-1       | Missing required option: '--server=NAME'
        restore --table=audit --region=eu-central-1 --server=a_b | --server is a name of 1 to 40 letters, digits and hyphens, a letter first, not 'a_b'
        deleted --table=audit --region=eu-central-1 --server=alpha | Missing required argument(s): --dry-run
        explain NoAnswr             | the runbook has nothing on 'NoAnswr'; did you mean NoAnswer?
        """)
    void what_is_not_understood_is_named_and_exits_with_2(String line, String message) {
        InProcess asked = InProcess.run(NOW, line.split(" ", -1));

        assertThat(asked.err().lines().findFirst()).contains(message);
        assertThat(asked.out()).isEmpty();
        assertThat(asked.code()).isEqualTo(2);
    }

    @Test
    void without_a_command_it_says_where_help_is() {
        assertThat(InProcess.run(NOW))
                .isEqualTo(new InProcess(2, "", "a command is missing\nserver-backup help shows the commands\n"));
    }

    @Test
    void where_nobody_answers_it_exits_with_3_and_says_where_it_asked() {
        assertThat(InProcess.run(NOW, "open", "--table=audit", NOBODY)).isEqualTo(new InProcess(3, "", """
            table audit at http://127.0.0.1:1 can't be reached: java.net.ConnectException: Connection refused
            Check the network, the region, and the endpoint if one is set.
            """));
    }

    @Test
    void a_local_cloud_that_is_not_up_is_guessed() {
        assertThat(InProcess.run(NOW, "open", "--local-port=1").err()).isEqualTo("""
            table server-backup-audit in us-east-1 at http://127.0.0.1:2 can't be reached: \
            java.net.ConnectException: Connection refused
            Is the local cloud up? ./server-backup cloud starts it.
            """);
    }

    @Test
    void who_wants_json_gets_errors_as_json_too() {
        assertThat(InProcess.run(NOW, "night", "--table=audit", "--json", "--csv"))
                .isEqualTo(new InProcess(2, "", """
                    {"error":{"advice":"server-backup night --help shows its options","exitCode":2,\
                    "message":"--json, --csv are mutually exclusive (specify only one)"}}
                    """));
    }

    @ParameterizedTest
    @CsvSource({"403, HTTP status 403", "200, 'HTTP status 200, but no JSON'"})
    void what_answers_and_is_not_aws_is_called_so(int status, String seen) throws IOException {
        HttpServer proxy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        proxy.createContext("/", exchange -> {
            byte[] page = "<html>Please log in</html>".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, page.length);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        proxy.start();
        String endpoint = "http://127.0.0.1:" + proxy.getAddress().getPort();

        InProcess asked = InProcess.run(NOW, "open", "--table=audit", "--endpoint=" + endpoint);

        proxy.stop(0);
        assertThat(asked).isEqualTo(new InProcess(3, "", """
            table audit at %s: the response is not from AWS (%s)
            Check the network and its proxies, and the endpoint if one is set.
            """.formatted(endpoint, seen)));
    }

    @Test
    void an_error_is_explained_in_the_runbooks_words() {
        InProcess explained = InProcess.run(NOW, 60, "explain", "notsent");

        assertThat(explained.out()).startsWith("""
            NotSent

            The function had no credentials, could not find the
            service's host, or was refused a connection: nothing was
            """);
        assertThat(explained.out().lines()).allMatch(line -> line.length() <= 60);
        assertThat(InProcess.run(NOW, 60, "explain", "ExpiredToken"))
                .as("it has no heading, but is named there")
                .isEqualTo(explained);
        assertThat(InProcess.run(NOW, "explain", "TagPolicyException").out()).startsWith("Any other name\n");
        assertThat(InProcess.run(NOW, "explain", "xyz").err())
                .startsWith("the runbook has nothing on 'xyz'; there are InvalidStateException, NotSent, ");
    }

    @Test
    void each_typed_error_that_the_runbook_lists_and_each_status_of_a_run_is_explained() throws Exception {
        Stream<String> types = Pattern.compile("(?m)^\\| \\[`([A-Za-z]+)`]")
                .matcher(Files.readString(Path.of("docs/runbook.md")))
                .results()
                .map(found -> found.group(1));

        assertThat(Stream.concat(types, Stream.of(RunStatus.values()).map(RunStatus::name)))
                .hasSizeGreaterThan(10 + RunStatus.values().length)
                .allSatisfy(type -> assertThat(InProcess.run(NOW, "explain", type))
                        .satisfies(explained -> {
                            assertThat(explained.out()).isNotEmpty();
                            assertThat(explained.code()).isZero();
                        }));
    }
}
