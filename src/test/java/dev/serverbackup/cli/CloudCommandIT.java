package dev.serverbackup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.Application;
import dev.serverbackup.BackupHandler;
import dev.serverbackup.Settings;
import dev.serverbackup.local.Clients;
import dev.serverbackup.local.EventFile;
import dev.serverbackup.local.LocalCloud;
import dev.serverbackup.local.LocalContext;
import dev.serverbackup.run.RunReport;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.opsworkscm.OpsWorksCmClient;

/** The local cloud as a program: it says where it is, answers there, and ends when it is told to. */
class CloudCommandIT {
    private static final int ENDED_BY_SIGTERM = 128 + 15;

    @TempDir
    private Path folder;

    @Test
    void on_instances_the_end_of_a_command_starts_a_pass_other_functions_find_it_too_and_it_ends_at_sigterm()
            throws Exception {
        int port = PortPair.free();
        try (Program cloud = Program.start(folder, "cloud", "--backend=systems-manager", "--port=" + port)) {
            Map<String, String> exported = Pattern.compile("export ([A-Z_]+)=(\\S+)")
                    .matcher(cloud.printedUntil("sam local invoke"))
                    .results()
                    .collect(Collectors.toMap(line -> line.group(1), line -> line.group(2), (_, last) -> last));

            // At the speed of this machine the schedule's pass would come in five minutes.
            ask(port, "ask", "--server", "i-0a1b2c3d4e5f60001");
            InProcess server = ask(port, "server", "i-0a1b2c3d4e5f60001");
            while (server.code() != 0 && cloud.process().isAlive()) {
                server = ask(port, "server", "i-0a1b2c3d4e5f60001");
            }
            assertThat(server.out()).containsPattern("SHA-256 +[0-9a-f]{64}\n");

            assertThat(exported).containsEntry("AWS_DEFAULT_REGION", "us-east-1");
            assertThat(backedUp(URI.create(exported.get("AWS_ENDPOINT_URL_SSM")), exported)
                            .counts())
                    .containsEntry("STARTED", 5)
                    .containsEntry("PENDING", 2)
                    .containsEntry("FAILED", 4);
            try (OpsWorksCmClient servers =
                    Clients.opsWorksCm(URI.create(exported.get("AWS_ENDPOINT_URL_OPSWORKSCM")))) {
                assertThat(servers.describeServers().servers()).hasSizeGreaterThan(10);
            }
            cloud.process().destroy();

            assertThat(cloud.process().waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(cloud.exitCode()).isEqualTo(ENDED_BY_SIGTERM);
            assertThat(cloud.complaints()).isEmpty();
        }
    }

    private static InProcess ask(int port, String... arguments) {
        return InProcess.run(
                Instant.now().toString(),
                Stream.concat(Stream.of(arguments), Stream.of("--local-port=" + port))
                        .toArray(String[]::new));
    }

    private static RunReport backedUp(URI endpoint, Map<String, String> exported) {
        Map<String, String> settings = new HashMap<>(exported);
        settings.keySet().removeIf(name -> name.startsWith("AWS_"));
        settings.putAll(Map.of("AUDIT_TABLE", LocalCloud.AUDIT_TABLE, "DEFAULT_SELECTOR", LocalCloud.DEFAULT_SELECTOR));
        Application application = Application.of(
                Settings.from(settings),
                Clock.tickMillis(ZoneOffset.UTC),
                Clients.to(endpoint, URI.create(exported.get("AWS_ENDPOINT_URL_DYNAMODB"))));
        return new BackupHandler(application)
                .handleRequest(
                        EventFile.read(Path.of("events/scheduled.json")),
                        new LocalContext("request-1", Instant.now().plusSeconds(600), Clock.systemUTC()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        3 | --port=%d                | Cannot listen on 127.0.0.1:%d: Address already in use; --port names another port \
        (0: any free one), --bind another address of this machine
        3 | --dynamodb-port=%d       | DynamoDB Local can't listen on 127.0.0.1:%d; --dynamodb-port names another port
        2 | --dynamodb-port=80000    | --dynamodb-port is 0 to 65535, not 80000
        2 | --bind=nowhere.invalid   | --bind is an address of this machine, such as 127.0.0.1 or 0.0.0.0, not 'nowhere
        2 | --fleet=/nowhere         | there is no fleet file /nowhere
        2 | --speed=0                | --speed is a number above 0 and below 1000000, not 0
        2 | --schedule=noon          | --schedule is a time such as 02:00, or off, not 'noon'
        2 | --backend=ssm            | --backend is opsworks-cm or systems-manager, not 'ssm'
        """)
    void an_option_that_does_not_do_is_named(int code, String option, String message) throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String given = option.formatted(taken.getLocalPort());
            String other = given.startsWith("--port=") ? "--dynamodb-port=0" : "--port=0";

            InProcess cloud = InProcess.run(Instant.now().toString(), "cloud", given, other);

            assertThat(cloud.code()).isEqualTo(code);
            assertThat(cloud.err())
                    .startsWith("The local cloud did not start: " + message.formatted(taken.getLocalPort()))
                    .hasLineCount(1);
        }
    }

    @Test
    void rules_of_retention_that_do_not_do_are_named() throws Exception {
        try (Program cloud = Program.start(folder, "cloud", "--port=0", "--retained-backups=last")) {
            assertThat(cloud.exitCode()).isEqualTo(2);
            assertThat(cloud.complaints()).contains("RETAINED_BACKUPS: \"last\" is not a rule");
        }
    }
}
