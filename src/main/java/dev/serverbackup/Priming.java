package dev.serverbackup;

import dev.serverbackup.request.Event;
import dev.serverbackup.run.RunReport;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.crac.Context;
import org.crac.Core;
import org.crac.Resource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes runs before SnapStart takes its snapshot, so that the first real one finds every class loaded and its code
 * compiled. They go the whole way, from the event to metrics and log lines, but to an AWS in memory and with what is
 * printed thrown away: nothing of them is left.
 */
final class Priming implements Resource {
    private static final Logger LOG = LoggerFactory.getLogger(Priming.class);

    private static final int SERVERS = 50;

    private final int runs;
    private final Backend backend;

    /**
     * Of the backend that will be used: the other's code would be compiled for nothing.
     *
     * @param runs how many; more of them leave more code compiled, and take longer to be made
     */
    Priming(int runs, Backend backend) {
        this.runs = runs;
        this.backend = backend;
    }

    /** The context holds its resources weakly, so whoever registers one keeps it. */
    static Priming registered(int runs, Backend backend) {
        Priming priming = new Priming(runs, backend);
        Core.getGlobalContext().register(priming);
        return priming;
    }

    @Override
    public void beforeCheckpoint(Context<? extends Resource> context) {
        try {
            var _ = prime();
        } catch (RuntimeException e) {
            // Slower is no reason not to start.
            LOG.warn("not primed: the first run after a restore will be slower", e);
        }
    }

    @Override
    public void afterRestore(Context<? extends Resource> context) {
        // Connections, tokens and ids are made when they are needed: nothing is stale.
    }

    /** @return what its runs reported */
    List<RunReport> prime() {
        PrintStream out = System.out;
        System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
        try {
            return Wiring.primed(SERVERS, backend, this::runs);
        } finally {
            System.setOut(out);
        }
    }

    private List<RunReport> runs(Wiring wiring) {
        BackupHandler handler = new BackupHandler(wiring);
        return IntStream.range(0, runs).mapToObj(run -> run(handler, run)).toList();
    }

    /** All that Lambda's door does. Powertools calls no restored start cold, so nothing is lost by a run before. */
    private static RunReport run(BackupHandler handler, int run) {
        try {
            Event event = Event.read(new ByteArrayInputStream(payload(run)));
            RunReport report = handler.handle(event, new PrimingContext("priming-" + run));
            ReportJson.write(report, OutputStream.nullOutputStream());
            return report;
        } catch (IOException e) {
            throw new UncheckedIOException("reading and writing in memory", e);
        }
    }

    private static byte[] payload(int run) {
        return """
            {"id": "6a7e8feb-b491-4cf7-a9f1-bf3703467718", "detail-type": "Server Backup Requested",
             "source": "dev.serverbackup.priming", "time": "2026-11-22T02:00:00Z", "resources": [],
             "detail": {"requestId": "priming-%d", "maxTargets": 4000,
             "description": "nightly", "selector": {"tags": {"Backup": []}}}}\
            """.formatted(run).getBytes(StandardCharsets.UTF_8);
    }
}
