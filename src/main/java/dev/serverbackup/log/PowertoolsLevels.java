package dev.serverbackup.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.lambda.powertools.logging.internal.LoggingManager;

/**
 * By which Powertools carries out {@code POWERTOOLS_LOG_LEVEL}, {@code AWS_LAMBDA_LOG_LEVEL} and its sampling: the
 * level that they name becomes that of every logger but those that are off. Thread-safe.
 */
public final class PowertoolsLevels implements LoggingManager {
    private final LoggerContext context;

    /** Powertools'. */
    public PowertoolsLevels() {
        this((LoggerContext) LoggerFactory.getILoggerFactory());
    }

    PowertoolsLevels(LoggerContext context) {
        this.context = context;
    }

    @Override
    public void setLogLevel(org.slf4j.event.Level level) {
        Level named = Level.convertAnSLF4JLevel(level);
        for (ch.qos.logback.classic.Logger each : context.getLoggerList()) {
            // Who has none follows one that has; the root has one.
            if (each.getLevel() != null && each.getLevel() != Level.OFF) {
                each.setLevel(named);
            }
        }
    }

    @Override
    public org.slf4j.event.Level getLogLevel(Logger logger) {
        return org.slf4j.event.Level.valueOf(
                context.getLogger(logger.getName()).getEffectiveLevel().toString());
    }
}
