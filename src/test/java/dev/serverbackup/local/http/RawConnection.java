package dev.serverbackup.local.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;

/** A client that sees each packet. */
final class RawConnection implements AutoCloseable {

    private static final String SAY_NOTHING =
            "POST / HTTP/1.1\r\nHost: localhost\r\nX-Amz-Target: Echo_20161101.Say\r\nContent-Length: 0\r\n\r\n";

    private final Socket socket = new Socket();

    RawConnection(URI endpoint) throws IOException {
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(10_000);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), endpoint.getPort()));
    }

    /** Sends Echo's operation Say, without input. */
    void ask() throws IOException {
        send(SAY_NOTHING);
    }

    void send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(UTF_8));
    }

    /** What a single read brings; empty if the connection is closed. */
    String read() throws IOException {
        var bytes = new byte[100_000];
        var length = socket.getInputStream().read(bytes);
        return length < 0 ? "" : new String(bytes, 0, length, UTF_8);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
