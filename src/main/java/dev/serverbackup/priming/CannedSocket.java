package dev.serverbackup.priming;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;

/**
 * A connection without a network, under the SDK's HTTP client: what is written to it is handed to whoever answers, once
 * it is a whole request; what he answers can be read. It comes through a pipe, so that whoever reads waits as he would
 * for a network's answer, and that is primed too: the JDK's poller of virtual threads, and its copying to and from the
 * kernel. For one thread at a time, as a connection is.
 */
final class CannedSocket extends Socket {
    private final UnaryOperator<String> answers;
    private final Pipe arriving = Pipe.open();
    private final InputStream input = Channels.newInputStream(arriving.source());
    private final Sent output = new Sent();

    /** @param answers from a request, headers and body, to an answer, headers and body */
    CannedSocket(UnaryOperator<String> answers) throws IOException {
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
                var _ = Thread.startVirtualThread(() -> answer(text));
            }
        }
    }

    /** Whoever waits for an answer that can't be given sees the connection's end instead. */
    private void answer(String request) {
        try {
            write(given(request));
        } catch (IOException e) {
            throw new UncheckedIOException("nobody waits for a canned answer any more", e);
        }
    }

    private String given(String request) throws IOException {
        try {
            return answers.apply(request);
        } catch (RuntimeException e) {
            arriving.sink().close();
            throw e;
        }
    }

    private void write(String answer) throws IOException {
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(answer);
        while (bytes.hasRemaining()) {
            arriving.sink().write(bytes);
        }
    }

    /** It leads nowhere, but whoever was given it takes it for connected. */
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
    public void shutdownInput() {
        // Nobody is at the other end.
    }

    @Override
    public void shutdownOutput() {
        // Nobody is at the other end.
    }

    @Override
    public void close() throws IOException {
        super.close();
        arriving.sink().close();
        arriving.source().close();
    }
}
