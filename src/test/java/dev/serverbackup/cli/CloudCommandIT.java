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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.opsworkscm.model.ServerStatus;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.InstanceInformation;

/** The local cloud as a program: it says where it is, answers there, and ends when it is told to. */
class CloudCommandIT {
    private static final int ENDED_BY_SIGTERM = 128 + 15;

    @TempDir
    private Path folder;

    @Test
    void it_answers_where_it_says_and_ends_at_sigterm() throws Exception {
        try (Program cloud = start("0")) {
            String greeting = cloud.printedUntil("sam local invoke");
            assertThat(greeting).contains("export AWS_DEFAULT_REGION=us-east-1");

            try (var servers = Clients.opsWorksCm(exported(greeting, "AWS_ENDPOINT_URL_OPSWORKSCM"));
                    var table = dynamoDb(exported(greeting, "AWS_ENDPOINT_URL_DYNAMODB"))) {
                assertThat(servers.describeServers().servers()).hasSizeGreaterThan(10);
                assertThat(table.listTables().tableNames()).containsExactly(LocalCloud.AUDIT_TABLE);
            }
            cloud.process().destroy();

            assertThat(cloud.process().waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(cloud.exitCode()).isEqualTo(ENDED_BY_SIGTERM);
            assertThat(cloud.complaints()).isEmpty();
        }
    }

    @Test
    void an_address_in_use_is_named_and_exits_with_2() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Program cloud = start(Integer.toString(taken.getLocalPort()))) {
            assertThat(cloud.exitCode()).isEqualTo(2);
            assertThat(cloud.complaints())
                    .isEqualTo("The local cloud did not start: Cannot listen on 127.0.0.1:%d: Address already in use;"
                                    .formatted(taken.getLocalPort())
                            + " --port names another port (0: any free one),"
                            + " --bind another address of this machine\n");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        --dynamodb-port=%d       | DynamoDB Local can't listen on 127.0.0.1:%d; --dynamodb-port names another port
        --dynamodb-port=80000    | --dynamodb-port is 0 to 65535, not 80000
        --bind=nowhere.invalid   | --bind is an address of this machine, such as 127.0.0.1 or 0.0.0.0, not 'nowhere
        --fleet=/nowhere         | there is no fleet file /nowhere
        --speed=0                | --speed is a number above 0 and below 1000000, not 0
        --schedule=noon          | --schedule is a time such as 02:00, or off, not 'noon'
        --backend=ssm            | --backend is opsworks-cm or systems-manager, not 'ssm'
        """)
    void an_option_that_does_not_do_is_named_and_exits_with_2(String option, String message) throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Program cloud = start("0", "1", option.formatted(taken.getLocalPort()))) {
            assertThat(cloud.exitCode()).isEqualTo(2);
            assertThat(cloud.complaints())
                    .startsWith("The local cloud did not start: " + message.formatted(taken.getLocalPort()))
                    .hasLineCount(1);
        }
    }

    @Test
    void a_state_that_is_kept_is_there_again_at_the_next_start() throws Exception {
        String state = "--state=" + folder.resolve("state");
        try (Program cloud = start("0", "60", state);
                var servers = Clients.opsWorksCm(
                        exported(cloud.printedUntil("sam local invoke"), "AWS_ENDPOINT_URL_OPSWORKSCM"))) {
            servers.deleteServer(request -> request.serverName("chef-automate-sandbox"));
        }

        try (Program cloud = start("0", "60", state);
                var servers = Clients.opsWorksCm(
                        exported(cloud.printedUntil("sam local invoke"), "AWS_ENDPOINT_URL_OPSWORKSCM"))) {
            assertThat(servers.describeServers().servers())
                    .filteredOn(server -> server.serverName().equals("chef-automate-sandbox"))
                    .allMatch(server -> server.status() == ServerStatus.DELETING);
        }
    }

    @Test
    void a_function_with_what_it_prints_backs_its_instances_up() throws Exception {
        try (Program cloud = start("0")) {
            String greeting = cloud.printedUntil("sam local invoke");
            URI endpoint = exported(greeting, "AWS_ENDPOINT_URL_SSM");
            Map<String, String> environment = new HashMap<>(exports(greeting));
            environment.putAll(
                    Map.of("AUDIT_TABLE", LocalCloud.AUDIT_TABLE, "DEFAULT_SELECTOR", LocalCloud.DEFAULT_SELECTOR));
            Application application = Application.of(
                    Settings.from(environment),
                    Clock.tickMillis(ZoneOffset.UTC),
                    Clients.leading(endpoint, exported(greeting, "AWS_ENDPOINT_URL_DYNAMODB")));
            RunReport report = new BackupHandler(application)
                    .handleRequest(
                            EventFile.read(Path.of("events/scheduled.json")),
                            new LocalContext("request-1", Instant.now().plusSeconds(600), Clock.systemUTC()));

            assertThat(report.counts())
                    .containsEntry("STARTED", 5)
                    .containsEntry("PENDING", 2)
                    .containsEntry("FAILED", 4);
            try (SsmClient ssm = Clients.systemsManager(endpoint)) {
                assertThat(ssm.listCommands().commands()).hasSize(5);
                assertThat(ssm.describeInstanceInformation().instanceInformationList())
                        .extracting(InstanceInformation::pingStatusAsString)
                        .containsOnly("Online", "ConnectionLost");
            }
        }
    }

    private static Map<String, String> exports(String greeting) {
        return Pattern.compile("export ((?:BACKUP|DELETION|VERIFICATION)_[A-Z]+)=(\\S+)")
                .matcher(greeting)
                .results()
                .collect(Collectors.toMap(line -> line.group(1), line -> line.group(2)));
    }

    private Program start(String port) throws Exception {
        return start(port, "1");
    }

    private Program start(String port, String speed, String... more) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("cloud", "--port=" + port));
        if (!speed.equals("1")) {
            arguments.add("--speed=" + speed);
        }
        if (Stream.of(more).noneMatch(option -> option.startsWith("--dynamodb-port"))) {
            arguments.add("--dynamodb-port=0");
        }
        arguments.addAll(List.of(more));
        return Program.start(folder, arguments.toArray(String[]::new));
    }

    private static URI exported(String greeting, String name) {
        Matcher line = Pattern.compile("export " + name + "=(\\S+)").matcher(greeting);
        assertThat(line.find()).as(name).isTrue();
        return URI.create(line.group(1));
    }

    private static DynamoDbClient dynamoDb(URI endpoint) {
        return DynamoDbClient.builder()
                .endpointOverride(endpoint)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
                .httpClient(UrlConnectionHttpClient.create())
                .build();
    }
}
