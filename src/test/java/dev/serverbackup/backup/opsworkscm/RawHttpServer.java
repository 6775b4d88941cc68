package dev.serverbackup.backup.opsworkscm;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** A server on the loopback address that may answer, hang up without an answer, or say nothing; it counts requests. */
final class RawHttpServer implements AutoCloseable {
    private final ServerSocket server;
    private final Iterator<Behaviour> behaviours;
    private final AtomicInteger requests = new AtomicInteger();
    private final ConcurrentLinkedQueue<Socket> connections = new ConcurrentLinkedQueue<>();

    enum Behaviour {
        ANSWER,
        HANG_UP,
        SAY_NOTHING
    }

    /** @param behaviours one for each request, whichever connection it comes by */
    RawHttpServer(Behaviour... behaviours) throws IOException {
        this.behaviours = List.of(behaviours).iterator();
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    int requests() {
        return requests.get();
    }

    int connections() {
        return connections.size();
    }

    private void accept() {
        try {
            while (true) {
                Socket connection = server.accept();
                connections.add(connection);
                Thread.ofVirtual().start(() -> serve(connection));
            }
        } catch (IOException closed) {
            connections.forEach(RawHttpServer::close);
        }
    }

    private void serve(Socket connection) {
        try {
            var reader = new BufferedReader(new InputStreamReader(connection.getInputStream(), ISO_8859_1));
            while (readRequest(reader)) {
                requests.incrementAndGet();
                if (!answer(connection)) {
                    return;
                }
            }
        } catch (IOException gone) {
            close(connection);
        }
    }

    private static boolean readRequest(BufferedReader reader) throws IOException {
        int length = 0;
        String line = reader.readLine();
        if (line == null) {
            return false;
        }
        for (; !line.isEmpty(); line = reader.readLine()) {
            if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(line.substring(15).strip());
            }
        }
        for (int i = 0; i < length; i++) {
            reader.read();
        }
        return true;
    }

    /** Whether the connection stays open. */
    private synchronized boolean answer(Socket connection) throws IOException {
        Behaviour behaviour = behaviours.next();
        if (behaviour == Behaviour.ANSWER) {
            String body = "{\"Backup\":{\"BackupId\":\"alpha-1\"}}";
            String head = "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n";
            connection.getOutputStream().write((head + body).getBytes(ISO_8859_1));
        }
        if (behaviour == Behaviour.HANG_UP) {
            close(connection);
        }
        return behaviour != Behaviour.HANG_UP;
    }

    private static void close(Socket connection) {
        try {
            connection.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
