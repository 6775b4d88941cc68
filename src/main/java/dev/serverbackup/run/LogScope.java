package dev.serverbackup.run;

import dev.serverbackup.audit.Entry;
import dev.serverbackup.audit.OpenRow;
import dev.serverbackup.request.RunId;
import dev.serverbackup.request.SafeText;
import dev.serverbackup.request.ServerName;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.MDC;

/** Adds run and server to every log line of a step, those of libraries included. */
public final class LogScope {
    public static final String RUN_ID = "runId";
    public static final String SERVER_NAME = "serverName";

    private static final String ALL_SERVERS = "*";
    private static final int LONGEST_KEY = 100;

    private LogScope() {}

    public static <T> T of(Entry entry, Function<Entry, T> step) {
        String outer = MDC.get(SERVER_NAME);
        try (var _ = MDC.putCloseable(SERVER_NAME, entry.serverName().value())) {
            return step.apply(entry);
        } finally {
            MDC.put(SERVER_NAME, outer);
        }
    }

    /** For a step of the follow-up with a row, whose key may have any form. */
    public static <T> T of(OpenRow row, Supplier<T> step) {
        String server = row.entry().replaceFirst("^server#", "").replaceFirst("^run$", ALL_SERVERS);
        try (var _ = MDC.putCloseable(RUN_ID, SafeText.shown(row.runId(), LONGEST_KEY));
                var _ = MDC.putCloseable(SERVER_NAME, SafeText.shown(server, LONGEST_KEY))) {
            return step.get();
        }
    }

    /** For a step that concerns one server and no run. */
    public static <T> T of(ServerName server, Supplier<T> step) {
        try (var _ = MDC.putCloseable(SERVER_NAME, server.value())) {
            return step.get();
        }
    }

    /** For a step that concerns all servers of a run. */
    public static <T> T of(RunId runId, Supplier<T> step) {
        try (var _ = MDC.putCloseable(RUN_ID, runId.value());
                var _ = MDC.putCloseable(SERVER_NAME, ALL_SERVERS)) {
            return step.get();
        }
    }
}
