package dev.serverbackup.local.http;

import static dev.serverbackup.local.http.ProtocolAnswer.assertOfTheProtocol;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.BugDetectors;
import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.serverbackup.local.LocalAws;
import dev.serverbackup.local.fleet.Fleet;
import dev.serverbackup.local.fleet.FleetServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** Any bytes on a connection to the local cloud, after which the client sends no more. */
@Timeout(value = 120, threadMode = ThreadMode.SEPARATE_THREAD)
class RawHttpFuzzIT {
    private static final int PATIENCE_MILLIS = 5_000;
    private static final String HEADERS_END = "\r\n\r\n";

    /** What a GET may be shown, besides the protocol's answers. */
    private static final Pattern PAGE = Pattern.compile("(?i)Content-Type: (text/html|application/json)");

    private static LocalAws aws;

    @BeforeAll
    static void start() {
        Fleet fleet = Fleet.of(FleetServer.named("alpha").tagged("Backup", "nightly"));
        aws = LocalAws.started(fleet.unthrottled(), Clock.systemUTC());
    }

    @AfterAll
    static void stop() {
        aws.close();
    }

    @DictionaryFile(resourcePath = "http.dict")
    @FuzzTest
    void bytes_on_the_wire_are_answered_or_the_connection_is_closed(byte[] bytes) throws IOException {
        // Or the fuzzer takes the test's own connection for a finding.
        BugDetectors.allowNetworkConnections((host, port) -> host.equals("localhost"));
        String answers = new String(answers(bytes), StandardCharsets.ISO_8859_1);
        aws.calls().clear();
        if (!answers.isEmpty()) {
            assertThat(answers).matches("(?s)HTTP/1\\.[01] \\d{3} .*");
            assertFirst(answers, bodyless(bytes));
        }
    }

    /** To HEAD, HTTP answers without a body: what comes behind the headers answers what came behind the request. */
    private static boolean bodyless(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1).stripLeading().startsWith("HEAD");
    }

    /** All that comes until the server closes, which it does as nothing more is to come from here. */
    private static byte[] answers(byte[] bytes) throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), aws.endpoint().getPort())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(bytes);
            socket.shutdownOutput();
            return socket.getInputStream().readAllBytes();
        } catch (SocketException reset) {
            return new byte[0];
        }
    }

    private static void assertFirst(String answers, boolean bodyless) throws IOException {
        int status = Integer.parseInt(answers.substring(9, 12));
        if (status == 100) {
            return;
        }
        int headersEnd = answers.indexOf(HEADERS_END);
        assertThat(headersEnd).as("end of the headers of %s", answers).isPositive();
        String headers = answers.substring(0, headersEnd);
        if (status == 200 && PAGE.matcher(headers).find()) {
            return;
        }
        assertThat(headers).containsIgnoringCase("Content-Type: application/x-amz-json-1.1");
        if (bodyless) {
            return;
        }
        int length = Integer.parseInt(headers.replaceFirst("(?is).*content-length: (\\d+).*", "$1"));
        int bodyAt = headersEnd + HEADERS_END.length();
        String body = answers.substring(bodyAt, Math.min(answers.length(), bodyAt + length));
        if (!body.isEmpty()) {
            assertOfTheProtocol(status, body.getBytes(StandardCharsets.ISO_8859_1));
        }
        assertThat(status).isNotIn(500, 503);
    }
}
