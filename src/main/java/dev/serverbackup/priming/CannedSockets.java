package dev.serverbackup.priming;

import java.net.InetAddress;
import java.net.Socket;
import java.security.NoSuchAlgorithmException;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;

/** Makes connections without a network. The JDK's HTTP client asks for one that is not connected yet, and connects it. */
final class CannedSockets extends SSLSocketFactory {
    private final SSLContext tls;
    private final UnaryOperator<String> answers;

    /** @param answers as {@link CannedSocket} takes it */
    CannedSockets(UnaryOperator<String> answers) {
        this.answers = answers;
        try {
            // The trust store is read for it, which is slow: it is there then for real connections.
            this.tls = SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("a JDK without TLS", e);
        }
    }

    @Override
    public Socket createSocket() {
        return new CannedSocket(tls.createSSLEngine(), answers);
    }

    @Override
    public Socket createSocket(Socket other, String host, int port, boolean autoClose) {
        return createSocket();
    }

    @Override
    public Socket createSocket(String host, int port) {
        return createSocket();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
        return createSocket();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
        return createSocket();
    }

    @Override
    public Socket createSocket(InetAddress address, int port, InetAddress localAddress, int localPort) {
        return createSocket();
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return tls.getDefaultSSLParameters().getCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return tls.getSupportedSSLParameters().getCipherSuites();
    }
}
