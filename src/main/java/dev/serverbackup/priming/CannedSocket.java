package dev.serverbackup.priming;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/**
 * A connection without a network, under the SDK's HTTP client: what is written to it is handed to whoever answers, once it
 * is a whole request; what he answers can be read. Whoever reads waits as he would for a real answer, on whatever thread, so
 * that waiting is primed too. For one thread at a time, as a connection is.
 */
final class CannedSocket extends Socket {
    private final UnaryOperator<String> answers;
    private final LinkedTransferQueue<ByteBuffer> arriving = new LinkedTransferQueue<>();
    private final Arrived input = new Arrived();
    private final Sent output = new Sent();
    private volatile boolean closed;
    private volatile int patience;

    /** @param answers from a request, headers and body, to an answer, headers and body */
    CannedSocket(UnaryOperator<String> answers) {
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

        private ByteBuffer arrived() throws IOException {
            if (rest.filter(ByteBuffer::hasRemaining).isEmpty()) {
                rest = next();
            }
            return rest.orElseThrow(() -> new SocketTimeoutException("no canned answer within the time"));
        }

        private Optional<ByteBuffer> next() throws IOException {
            try {
                return patience == 0
                        ? Optional.of(arriving.take())
                        : Optional.ofNullable(arriving.poll(patience, TimeUnit.MILLISECONDS));
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
    public boolean isConnected() {
        return true;
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
    public void shutdownInput() {
        closed = true;
    }

    @Override
    public void shutdownOutput() {
        closed = true;
    }

    @Override
    public void close() {
        closed = true;
    }

    @Override
    public boolean isClosed() {
        return closed;
    }
}
