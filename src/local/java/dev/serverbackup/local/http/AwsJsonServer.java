package dev.serverbackup.local.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;

/**
 * Serves targets over AWS JSON 1.1 on one port. Every request is logged in {@code calls} and may go wrong as
 * {@code faults} says. Can be started once; after {@link #close} the port is free and no thread is left.
 */
public final class AwsJsonServer implements AutoCloseable {

    private static final int MOST_CALLS_AT_ONCE = 200;

    private final Server server;
    private final ServerConnector connector;

    /**
     * Ready to {@link #start}.
     *
     * @param bind an address of this machine, or 0.0.0.0 for all of them
     * @param port 0 takes any free one, which {@link #endpoint} then names
     */
    public AwsJsonServer(
            String bind, int port, List<Service> targets, ScriptedFaults faults, CallLog calls, InstantSource clock) {
        this(bind, port, targets, faults, calls, clock, WebPages.NONE);
    }

    /** The same, with pages for people on the same port. */
    public AwsJsonServer(
            String bind,
            int port,
            List<Service> targets,
            ScriptedFaults faults,
            CallLog calls,
            InstantSource clock,
            WebPages site) {
        var byPrefix = targets.stream().collect(Collectors.toMap(Service::prefix, Function.identity()));
        var threads = new QueuedThreadPool(MOST_CALLS_AT_ONCE, 4);
        threads.setName("local-aws");
        threads.setDaemon(true);
        server = new Server(threads, new ScheduledExecutorScheduler("local-aws-timer", true), null);
        connector = connector(server, bind, port);
        server.addConnector(connector);
        Supplier<String> requestIds = () -> UUID.randomUUID().toString();
        var handler = new JettyHandler(new Dispatcher(byPrefix, faults, calls, clock, requestIds), site);
        server.setHandler(new HostCheck(bind, handler));
        server.setErrorHandler((request, response, callback) -> {
            JettyHandler.refuse(requestIds.get(), response, callback);
            return true;
        });
    }

    /**
     * Begins to listen.
     *
     * @throws UncheckedIOException if the port is taken or the address is not this machine's
     */
    public void start() {
        try {
            server.start();
        } catch (IOException unavailable) {
            close();
            throw new UncheckedIOException(
                    "Cannot listen on %s:%d: %s"
                            .formatted(connector.getHost(), connector.getPort(), reason(unavailable)),
                    unavailable);
        } catch (Exception defect) {
            throw new IllegalStateException("The local cloud's HTTP server does not start.", defect);
        }
    }

    private static String reason(IOException unavailable) {
        return (unavailable.getCause() == null ? unavailable : unavailable.getCause()).getMessage();
    }

    /** Where clients reach it, from this machine. Only once started. */
    public URI endpoint() {
        var host = connector.getHost();
        var name = host.equals("0.0.0.0") ? "127.0.0.1" : host.contains(":") ? "[" + host + "]" : host;
        return URI.create("http://" + name + ":" + connector.getLocalPort());
    }

    /** Ends at once: calls under way lose their connection. */
    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception defect) {
            throw new IllegalStateException("The local cloud's HTTP server does not stop.", defect);
        }
    }

    private static ServerConnector connector(Server server, String bind, int port) {
        var http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setSendDateHeader(true);
        var connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setHost(bind);
        connector.setPort(port);
        return connector;
    }
}
