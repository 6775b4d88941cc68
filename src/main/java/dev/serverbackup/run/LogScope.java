package dev.serverbackup.run;

import dev.serverbackup.audit.Entry;
import java.util.function.UnaryOperator;
import org.slf4j.MDC;

/** Puts run and server on every log line of a step, those of libraries included. */
final class LogScope {
    static final String RUN_ID = "runId";
    static final String SERVER_NAME = "serverName";

    private LogScope() {}

    static Entry of(Entry entry, UnaryOperator<Entry> step) {
        try (var _ = MDC.putCloseable(RUN_ID, entry.runId().value());
                var _ = MDC.putCloseable(SERVER_NAME, entry.serverName().value())) {
            return step.apply(entry);
        }
    }
}
