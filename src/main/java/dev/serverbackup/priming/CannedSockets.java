package dev.serverbackup.priming;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.function.UnaryOperator;
import org.apache.http.HttpHost;
import org.apache.http.conn.socket.ConnectionSocketFactory;
import org.apache.http.protocol.HttpContext;

/**
 * Makes connections without a network.
 *
 * @param answers as {@link CannedSocket} takes it
 */
record CannedSockets(UnaryOperator<String> answers) implements ConnectionSocketFactory {
    @Override
    public Socket createSocket(HttpContext context) throws IOException {
        return new CannedSocket(answers);
    }

    @Override
    public Socket connectSocket(
            int millis,
            Socket socket,
            HttpHost host,
            InetSocketAddress remote,
            InetSocketAddress local,
            HttpContext context) {
        return socket;
    }
}
