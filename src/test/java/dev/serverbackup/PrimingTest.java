package dev.serverbackup;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.serverbackup.backup.CommandTerms;
import dev.serverbackup.backup.Documents;
import dev.serverbackup.run.RunReport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
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

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void it_leaves_no_file_open() {
        new Priming(1, OPSWORKS_CM).prime();
        long before = openFiles();

        new Priming(1, OPSWORKS_CM).prime();

        assertThat(openFiles()).isLessThanOrEqualTo(before);
    }

    private static long openFiles() {
        return ManagementFactory.getPlatformMXBean(UnixOperatingSystemMXBean.class)
                .getOpenFileDescriptorCount();
    }

    @Test
    void with_run_command_its_servers_are_instances() {
        Backend runCommand = backends().toList().getLast();

        assertThat(new Priming(1, runCommand).prime().getFirst().servers())
                .allSatisfy(line -> assertThat(line.serverName()).startsWith("i-"));
    }

    @ParameterizedTest
    @MethodSource("backends")
    void it_writes_to_no_socket(Backend backend) throws IOException {
        assertThat(socketsWrittenTo(() -> new Priming(1, backend).prime())).isEmpty();
    }

    /** Or the one above would never fail. */
    @Test
    void a_socket_that_is_written_to_is_noticed() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(socketsWrittenTo(() -> writeTo(server))).containsExactly(server.getLocalPort());
        }
    }

    private static void writeTo(ServerSocket server) {
        try (Socket client = new Socket(server.getInetAddress(), server.getLocalPort())) {
            client.getOutputStream().write(1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The other sides' ports, as the JDK's flight recorder saw them. */
    private static List<Integer> socketsWrittenTo(Runnable step) throws IOException {
        Path file = Files.createTempFile("priming", ".jfr");
        try (Recording recording = new Recording()) {
            recording.enable("jdk.SocketWrite").withThreshold(Duration.ZERO);
            recording.start();
            step.run();
            recording.stop();
            recording.dump(file);
            return RecordingFile.readAllEvents(file).stream()
                    .map(event -> event.getInt("port"))
                    .toList();
        } finally {
            Files.delete(file);
        }
    }
}
