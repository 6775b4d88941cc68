package dev.serverbackup.simulation;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.LoggerFactory;

/**
 * While it is open, the code under test logs nothing: twenty thousand runs would fill a disk. That includes loggers to
 * which an earlier test in the same process gave a level of their own.
 */
final class Silence implements AutoCloseable {
    private static final String ALL = "dev.serverbackup";

    private final Map<Logger, Level> before;

    Silence() {
        before = ((LoggerContext) LoggerFactory.getILoggerFactory())
                .getLoggerList().stream()
                        .filter(logger -> logger.getName().startsWith(ALL) && logger.getLevel() != null)
                        .collect(Collectors.toMap(logger -> logger, Logger::getLevel));
        before.keySet().forEach(logger -> logger.setLevel(Level.OFF));
    }

    @Override
    public void close() {
        before.forEach(Logger::setLevel);
    }
}
