package dev.serverbackup.priming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class CannedSocketTest {
    private static final String REQUEST = "POST / HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}";

    private static void ask(CannedSocket socket) throws IOException {
        socket.getOutputStream().write(REQUEST.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }

    @Test
    void what_is_answered_to_a_whole_request_can_be_read() throws IOException {
        try (CannedSocket socket = new CannedSocket(request -> request.toLowerCase(Locale.ROOT))) {
            ask(socket);

            byte[] answer = socket.getInputStream().readNBytes(REQUEST.length());

            assertThat(new String(answer, StandardCharsets.UTF_8)).isEqualTo(REQUEST.toLowerCase(Locale.ROOT));
        }
    }

    @Test
    void where_no_answer_can_be_given_the_connection_ends_and_nobody_waits() throws IOException {
        UnaryOperator<String> none = request -> {
            throw new IllegalArgumentException("no answer to " + request);
        };
        try (CannedSocket socket = new CannedSocket(none)) {
            ask(socket);

            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void once_closed_nothing_can_be_read() throws IOException {
        CannedSocket socket = new CannedSocket(request -> request);
        socket.close();

        assertThat(socket.isClosed()).isTrue();
        assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(ClosedChannelException.class);
    }
}
