package dev.serverbackup.priming;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import javax.net.ssl.HandshakeCompletedListener;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;

/**
 * A TLS connection without a network, under the JDK's own HTTP client: what is written to it is handed to whoever answers,
 * once it is a whole request; what he answers can be read. Whoever reads waits as he would for a real answer, on whatever
 * thread, so that waiting is primed too. For one thread, as a connection is.
 */
final class CannedSocket extends SSLSocket {
    private final SSLEngine unused;
    private final UnaryOperator<String> answers;
    private final LinkedTransferQueue<ByteBuffer> arriving = new LinkedTransferQueue<>();
    private final Arrived input = new Arrived();
    private final Sent output = new Sent();
    private int patience;

    /**
     * @param unused what this socket says of TLS: as much as one that has not shaken hands
     * @param answers from a request, headers and body, to an answer, headers and body
     */
    CannedSocket(SSLEngine unused, UnaryOperator<String> answers) {
        this.unused = unused;
        this.answers = answers;
    }

    /** Gathers what is written, until it is a request. */
    private final class Sent extends OutputStream {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        @Override
        public void write(int b) {
            bytes.write(b);
        }

        @Override
        public void write(byte[] more, int from, int length) {
            bytes.write(more, from, length);
        }

        @Override
        public void flush() {
            String text = bytes.toString(StandardCharsets.ISO_8859_1);
            if (CannedHttp.isWhole(text)) {
                bytes.reset();
                var _ = Thread.startVirtualThread(
                        () -> arriving.add(ByteBuffer.wrap(answers.apply(text).getBytes(StandardCharsets.UTF_8))));
            }
        }
    }

    /** Waits for an answer, and hands it out. */
    private final class Arrived extends InputStream {
        private Optional<ByteBuffer> rest = Optional.empty();

        @Override
        public int read() throws IOException {
            return arrived().get() & 0xFF;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            ByteBuffer bytes = arrived();
            int many = Math.min(length, bytes.remaining());
            bytes.get(into, from, many);
            return many;
        }

        @Override
        public int available() {
            return rest.map(ByteBuffer::remaining).orElse(0);
        }

        private ByteBuffer arrived() throws IOException {
            try {
                if (available() == 0) {
                    rest = patience == 0
                            ? Optional.of(arriving.take())
                            : Optional.ofNullable(arriving.poll(patience, TimeUnit.MILLISECONDS));
                }
                return rest.orElseThrow(() -> new SocketTimeoutException("no canned answer within the time"));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted while waiting for a canned answer", e);
            }
        }
    }

    @Override
    public void connect(SocketAddress address, int millis) {
        // It leads nowhere.
    }

    @Override
    public InputStream getInputStream() {
        return input;
    }

    @Override
    public OutputStream getOutputStream() {
        return output;
    }

    @Override
    public void setSoTimeout(int millis) {
        patience = millis;
    }

    @Override
    public int getSoTimeout() {
        return patience;
    }

    @Override
    public void setTcpNoDelay(boolean on) {
        // There is no TCP.
    }

    @Override
    public void startHandshake() {
        // Nobody is there to shake hands with.
    }

    @Override
    public void addHandshakeCompletedListener(HandshakeCompletedListener listener) {
        // It never completes.
    }

    @Override
    public void removeHandshakeCompletedListener(HandshakeCompletedListener listener) {
        // Likewise.
    }

    @Override
    public SSLSession getSession() {
        return unused.getSession();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return unused.getSupportedCipherSuites();
    }

    @Override
    public String[] getEnabledCipherSuites() {
        return unused.getEnabledCipherSuites();
    }

    @Override
    public void setEnabledCipherSuites(String[] suites) {
        unused.setEnabledCipherSuites(suites);
    }

    @Override
    public String[] getSupportedProtocols() {
        return unused.getSupportedProtocols();
    }

    @Override
    public String[] getEnabledProtocols() {
        return unused.getEnabledProtocols();
    }

    @Override
    public void setEnabledProtocols(String[] protocols) {
        unused.setEnabledProtocols(protocols);
    }

    @Override
    public void setUseClientMode(boolean mode) {
        unused.setUseClientMode(mode);
    }

    @Override
    public boolean getUseClientMode() {
        return unused.getUseClientMode();
    }

    @Override
    public void setNeedClientAuth(boolean need) {
        unused.setNeedClientAuth(need);
    }

    @Override
    public boolean getNeedClientAuth() {
        return unused.getNeedClientAuth();
    }

    @Override
    public void setWantClientAuth(boolean want) {
        unused.setWantClientAuth(want);
    }

    @Override
    public boolean getWantClientAuth() {
        return unused.getWantClientAuth();
    }

    @Override
    public void setEnableSessionCreation(boolean flag) {
        unused.setEnableSessionCreation(flag);
    }

    @Override
    public boolean getEnableSessionCreation() {
        return unused.getEnableSessionCreation();
    }
}
