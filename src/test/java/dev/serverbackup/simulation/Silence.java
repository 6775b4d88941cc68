package dev.serverbackup.simulation;

import java.util.Map;
import java.util.stream.Collectors;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.LoggerConfig;

/**
 * While it is open, the code under test logs nothing: twenty thousand runs would fill a disk. That includes loggers to
 * which an earlier test in the same process gave a level of their own.
 */
final class Silence implements AutoCloseable {
    private static final String ALL = "dev.serverbackup";

    private final Map<String, Level> before;

    Silence() {
        before = LoggerContext.getContext(false).getConfiguration().getLoggers().values().stream()
                .filter(logger -> logger.getName().startsWith(ALL))
                .collect(Collectors.toMap(LoggerConfig::getName, LoggerConfig::getLevel));
        Configurator.setAllLevels(ALL, Level.OFF);
    }

    @Override
    public void close() {
        Configurator.setLevel(before);
    }
}
