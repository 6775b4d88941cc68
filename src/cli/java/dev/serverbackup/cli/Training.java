package dev.serverbackup.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/**
 * Training run for the JVM's AOT cache (JEP 514), which the launcher keeps: runs the ten commands that read the audit,
 * on a table with one row that this process serves itself.
 */
final class Training {
    private static final String ROW = """
        {"runId":{"S":"nightly@2026-03-04T02:00:00Z"},"entry":{"S":"server#alpha"},"serverName":{"S":"alpha"},
         "status":{"S":"SUCCEEDED"},"requestedAt":{"S":"2026-03-04T02:00:00.000Z"},"attempts":{"N":"1"},
         "finishedAt":{"S":"2026-03-04T02:01:00.000Z"},"targets":{"M":{"alpha":{"S":""}}},"counts":{"M":{}},
         "backend":{"S":"systems-manager"},
         "backup":{"M":{"BackupId":{"S":"alpha-1"}}}}\
        """;
    private static final String FOUND = """
        {"Count":1,"ScannedCount":1,"Items":[%1$s],"Responses":{"audit":[%1$s]},"UnprocessedKeys":{}}\
        """.formatted(ROW);
    private static final List<String> QUESTIONS = List.of(
            "server alpha",
            "failed --json",
            "run nightly",
            "who nightly",
            "overdue",
            "excluded",
            "quota",
            "deleted",
            "open",
            "night");

    private Training() {}

    public static void main(String[] arguments) throws IOException {
        ServerBackup.withoutLog();
        ask();
    }

    /**
     * Runs the commands.
     *
     * @return the exit code of each
     * @throws IOException if there is no free port on the loopback address
     */
    static List<Integer> ask() throws IOException {
        HttpServer table = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        table.createContext("/", Training::answer);
        table.start();
        String connection = " --table audit --region us-east-1 --endpoint http://127.0.0.1:"
                + table.getAddress().getPort();
        try {
            return QUESTIONS.stream()
                    .map(question -> new ServerBackup(Screen.unseen(), Map.of(), Clock.systemUTC())
                            .run((question + connection).split(" ", -1)))
                    .toList();
        } finally {
            table.stop(0);
        }
    }

    private static void answer(HttpExchange exchange) throws IOException {
        byte[] body = FOUND.getBytes(StandardCharsets.UTF_8);
        exchange.getRequestBody().readAllBytes();
        exchange.sendResponseHeaders(200, body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }
}
