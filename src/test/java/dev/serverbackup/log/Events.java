package dev.serverbackup.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;

/** What the encoder is given, of a log that nobody else uses. */
final class Events {
    private static final String LOGGER = "dev.serverbackup.run.Attempt";

    private Events() {}

    /** A context as Logback sets it up for slf4j, with nothing configured. */
    static LoggerContext context() {
        LoggerContext context = new LoggerContext();
        context.setMDCAdapter(new LogbackMDCAdapter());
        return context;
    }

    /** @param error may be {@code null} */
    static LoggingEvent event(Level level, String message, Throwable error) {
        Logger logger = context().getLogger(LOGGER);
        return new LoggingEvent(LOGGER, logger, level, message, error, null);
    }

    static LoggingEvent event(String message) {
        return event(Level.INFO, message, null);
    }
}
