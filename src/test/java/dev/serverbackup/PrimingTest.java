package dev.serverbackup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.backup.CommandTerms;
import dev.serverbackup.backup.Documents;
import dev.serverbackup.run.RunReport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.MDC;

/** What is made before a snapshot, and what must not be left of it. */
@Isolated("it watches System.out")
class PrimingTest {
    private static final Backend OPSWORKS_CM = new Backend.OpsWorksCm();

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream out = System.out;

    @BeforeEach
    void watchTheOutput() {
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void giveTheOutputBack() {
        System.setOut(out);
    }

    static Stream<Backend> backends() {
        var terms = new CommandTerms(
                Documents.parse("generic=Generic:1,delete=Delete:1", Optional.empty()),
                "/var/backups",
                Duration.ofMinutes(10),
                Duration.ofHours(6),
                50,
                Optional.empty());
        return Stream.of(OPSWORKS_CM, new Backend.RunCommand(terms));
    }

    @ParameterizedTest
    @MethodSource("backends")
    void every_run_of_it_starts_a_backup_of_every_server(Backend backend) {
        List<RunReport> reports = new Priming(2, backend).prime();

        assertThat(reports)
                .hasSize(2)
                .allSatisfy(report ->
                        assertThat(report.counts()).as(report.toString()).hasToString("{STARTED=50}"));
    }

    @Test
    void it_prints_no_log_line_and_no_metric() {
        new Priming(1, OPSWORKS_CM).prime();

        assertThat(printed.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void it_gives_the_output_back() {
        PrintStream watched = System.out;

        new Priming(1, OPSWORKS_CM).prime();

        assertThat(System.out).isSameAs(watched);
    }

    @Test
    void it_leaves_nothing_in_the_context_of_log_lines() {
        new Priming(1, OPSWORKS_CM).prime();

        assertThat(MDC.getCopyOfContextMap()).isNullOrEmpty();
    }

    /** Whoever opens a connection, the JDK's client too, asks for a proxy first. */
    @Test
    void with_run_command_its_servers_are_instances() {
        Backend runCommand = backends().toList().getLast();

        assertThat(new Priming(1, runCommand).prime().getFirst().servers())
                .allSatisfy(line -> assertThat(line.serverName()).startsWith("i-"));
    }

    @ParameterizedTest
    @MethodSource("backends")
    void it_opens_no_connection(Backend backend) {
        List<URI> asked = new ArrayList<>();
        ProxySelector before = ProxySelector.getDefault();
        ProxySelector.setDefault(new ProxySelector() {
            @Override
            public List<Proxy> select(URI uri) {
                asked.add(uri);
                return List.of(Proxy.NO_PROXY);
            }

            @Override
            public void connectFailed(URI uri, SocketAddress address, IOException failure) {
                asked.add(uri);
            }
        });
        try {
            new Priming(1, backend).prime();
        } finally {
            ProxySelector.setDefault(before);
        }

        assertThat(asked).isEmpty();
    }
}
