package dev.serverbackup.wire;

import dev.serverbackup.wire.Cut.Where;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands between a caller and its services, counts the requests, and may cut one. A request that was sent before its
 * caller died still arrives, as it would on a network. Thread-safe.
 */
public final class Wire implements AutoCloseable {
    private static final int BACKLOG = 256;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<ServerSocket> doors = new CopyOnWriteArrayList<>();
    private final Set<Socket> callers = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();
    private final List<String> operations = new ArrayList<>();
    private Cut cut = Cut.none();
    private volatile boolean closed;

    /** From now on requests are counted from 1, and this happens. */
    public synchronized void expect(Cut next) {
        operations.clear();
        cut = next;
    }

    /** The operations of the requests that were read since, in the order of their arrival. */
    public synchronized List<String> operations() {
        return List.copyOf(operations);
    }

    /** How many connections were opened, ever. */
    public int connections() {
        return connections.get();
    }

    /** Another way to a service. */
    public URI to(URI service) throws IOException {
        ServerSocket door = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
        doors.add(door);
        threads.execute(() -> accept(door, new InetSocketAddress(service.getHost(), service.getPort())));
        return URI.create("http://127.0.0.1:" + door.getLocalPort());
    }

    /** Returns when everything that is on its way has arrived. */
    @Override
    public void close() throws IOException {
        closed = true;
        for (ServerSocket door : doors) {
            door.close();
        }
        for (Socket caller : callers) {
            caller.close();
        }
        threads.close();
    }

    private void accept(ServerSocket door, InetSocketAddress service) {
        while (!closed) {
            try {
                Socket caller = door.accept();
                connections.incrementAndGet();
                callers.add(caller);
                threads.execute(() -> serve(caller, service));
            } catch (IOException e) {
                if (!closed) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void serve(Socket caller, InetSocketAddress address) {
        try (caller;
                Socket service = new Socket(address.getAddress(), address.getPort())) {
            caller.setTcpNoDelay(true);
            service.setTcpNoDelay(true);
            var requests = new BufferedInputStream(caller.getInputStream());
            var answers = new BufferedInputStream(service.getInputStream());
            while (!closed) {
                var request = HttpMessage.read(requests);
                if (request.isEmpty() || !carry(request.get(), caller, service, answers)) {
                    return;
                }
            }
        } catch (IOException lost) {
            // A lost connection is what this is for; the caller meets it too.
        } finally {
            callers.remove(caller);
        }
    }

    /** Whether the connection goes on. */
    private boolean carry(HttpMessage request, Socket caller, Socket service, BufferedInputStream answers)
            throws IOException {
        Cut mine = arrived(request);
        if (isOver(mine, Where.BEFORE_THE_SERVICE)) {
            return false;
        }
        request.writeTo(service.getOutputStream());
        var answer = HttpMessage.read(answers);
        if (answer.isEmpty() || isOver(mine, Where.BEFORE_THE_ANSWER)) {
            return false;
        }
        answer.get().writeTo(caller.getOutputStream());
        return !isOver(mine, Where.AFTER_THE_ANSWER);
    }

    private synchronized Cut arrived(HttpMessage request) {
        operations.add(request.operation());
        return cut.nth() == operations.size() ? cut : Cut.none();
    }

    private static boolean isOver(Cut mine, Where here) {
        boolean over = mine.nth() > 0 && mine.where() == here;
        if (over) {
            mine.then().run();
        }
        return over;
    }
}
