package dev.serverbackup.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.local.fleet.Fleet;
import dev.serverbackup.local.fleet.FleetServer;
import dev.serverbackup.local.http.Call;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** By which names the local cloud is called, and by whom: no web page can have it do anything, or read from it. */
class HostNamesIT {
    private static final String EVIL = "rebound.example";

    private static LocalCloud cloud;

    @BeforeAll
    static void start() {
        cloud = bound("127.0.0.1");
    }

    @AfterAll
    static void stop() {
        cloud.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "localhost", "LOCALHOST:9", "[::1]:8000"})
    void a_loopback_name_is_answered_with_any_port(String host) throws IOException {
        assertThat(call(host, "OpsWorksCM_V2016_11_01.DescribeServers")).startsWith("HTTP/1.1 200");
        assertThat(database(host)).startsWith("HTTP/1.1 200").contains(LocalCloud.AUDIT_TABLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {EVIL, "127.0.0.1." + EVIL, "localhost.", "192.0.2.1:8000", "host.docker.internal", "local"})
    void any_other_name_is_refused_with_403_that_says_which_are_answered(String host) throws IOException {
        String page = send(cloud.aws().endpoint(), "GET /state.json HTTP/1.1\r\nHost: " + host, "");

        assertThat(List.of(call(host, "OpsWorksCM_V2016_11_01.DescribeServers"), database(host), page))
                .allSatisfy(answer -> assertThat(answer)
                        .startsWith("HTTP/1.1 403 Forbidden\r\n")
                        .endsWith(refused(host)));
    }

    @Test
    void under_another_name_no_operation_of_any_service_is_performed() throws IOException {
        List<Call> before = cloud.aws().calls().all();

        for (String operation : cloud.aws().operations().toList()) {
            assertThat(call(EVIL, operation)).as(operation).startsWith("HTTP/1.1 403 Forbidden");
        }

        assertThat(cloud.aws().calls().all()).isEqualTo(before);
        assertThat(cloud.commands().commands()).isEmpty();
    }

    @Test
    void the_name_of_an_absolute_request_counts_as_the_host_does() throws IOException {
        String head = "GET http://%s/state.json HTTP/1.1\r\nHost: %s";

        assertThat(send(cloud.aws().endpoint(), head.formatted(EVIL, EVIL), "")).startsWith("HTTP/1.1 403 Forbidden");
        assertThat(send(cloud.aws().endpoint(), head.formatted(EVIL, "127.0.0.1"), ""))
                .startsWith("HTTP/1.1 400 Bad Request");
    }

    @Test
    void a_page_of_another_site_calls_nothing_without_asking_first_and_is_allowed_nothing_if_it_asks()
            throws IOException {
        for (URI endpoint : new URI[] {cloud.aws().endpoint(), cloud.dynamoDb().endpoint()}) {
            String from = " / HTTP/1.1\r\nHost: 127.0.0.1\r\nOrigin: http://" + EVIL + "\r\n";
            String asking = "Access-Control-Request-Method: POST\r\nAccess-Control-Request-Headers: x-amz-target";

            assertThat(send(endpoint, "POST" + from + "Content-Type: text/plain", "{\"ServerName\": \"alpha\"}"))
                    .startsWith("HTTP/1.1 400")
                    .doesNotContainIgnoringCase("Access-Control-Allow-Origin");
            assertThat(send(endpoint, "OPTIONS" + from + asking, ""))
                    .startsWith("HTTP/1.1 ")
                    .doesNotContainIgnoringCase("Access-Control-Allow-Origin");
        }
        assertThat(cloud.aws().backups()).isEmpty();
    }

    @Test
    void bound_to_all_addresses_it_answers_a_container_but_runs_no_command_for_it() throws IOException {
        try (LocalCloud everywhere = bound("0.0.0.0")) {
            URI endpoint = everywhere.aws().endpoint();

            assertThat(post(endpoint, "host.docker.internal", "OpsWorksCM_V2016_11_01.DescribeServers"))
                    .startsWith("HTTP/1.1 200");
            assertThat(post(endpoint, "host.docker.internal", "AmazonSSM.SendCommand"))
                    .startsWith("HTTP/1.1 400 Bad Request\r\n")
                    .endsWith("\r\n\r\n"
                            + "{\"__type\":\"AccessDeniedException\",\"Message\":\"SendCommand does something to"
                            + " the machine that the local cloud runs on: it is done only for that machine itself,"
                            + " by 127.0.0.1, localhost or [::1].\"}");
            assertThat(post(endpoint, "127.0.0.1", "AmazonSSM.SendCommand"))
                    .endsWith("Value null at 'documentName' failed to satisfy constraint: Member must not be null\"}");
            assertThat(post(endpoint, EVIL, "OpsWorksCM_V2016_11_01.DescribeServers"))
                    .startsWith("HTTP/1.1 403");
        }
    }

    private static LocalCloud bound(String address) {
        Fleet fleet = Fleet.of(FleetServer.named("alpha")).unthrottled();
        EmulatorState state = new EmulatorState(InstantSource.system(), InstantSource.system(), Optional.empty());
        return LocalCloud.start(fleet, state, new InetSocketAddress(address, 0), new InetSocketAddress(address, 0));
    }

    /** The whole body, right behind the headers. */
    private static String refused(String host) {
        return "\r\n\r\n"
            + "{\"__type\":\"AccessDeniedException\",\"Message\":\"The local cloud answers to 127.0.0.1, localhost and"
            + " [::1], and to the address that it was started on, not to '" + host.replaceFirst(":\\d+$", "")
                + "': any web page could call it by another name.\"}";
    }

    private static String call(String host, String target) throws IOException {
        return post(cloud.aws().endpoint(), host, target);
    }

    private static String database(String host) throws IOException {
        return post(cloud.dynamoDb().endpoint(), host, "DynamoDB_20120810.ListTables");
    }

    private static String post(URI endpoint, String host, String target) throws IOException {
        String head = """
            POST / HTTP/1.1\r
            Host: %s\r
            X-Amz-Target: %s\r
            Authorization: AWS4-HMAC-SHA256 Credential=local/20261120/us-east-1/dynamodb/aws4_request, \
            SignedHeaders=host, Signature=0\r
            Content-Type: application/x-amz-json-1.0\
            """.formatted(host, target);
        return send(endpoint, head, "{}");
    }

    /** The whole answer, its headers too. Java's own clients let nobody choose a Host. */
    private static String send(URI endpoint, String head, String body) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), endpoint.getPort())) {
            socket.setSoTimeout(10_000);
            String request =
                    "%s\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s".formatted(head, body.length(), body);
            socket.getOutputStream().write(request.getBytes(UTF_8));
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }
}
