package dev.serverbackup.simulation;

import java.util.Map;
import java.util.stream.Collectors;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The code under test logs nothing: twenty thousand runs would fill a disk. That includes loggers to which an earlier
 * test in the same process gave a level of their own.
 */
final class Silence implements BeforeAllCallback, AfterAllCallback {
    private static final String ALL = "dev.serverbackup";

    private Map<String, Level> before = Map.of();

    @Override
    public void beforeAll(ExtensionContext context) {
        before = LoggerContext.getContext(false).getConfiguration().getLoggers().values().stream()
                .filter(logger -> logger.getName().startsWith(ALL))
                .collect(Collectors.toMap(LoggerConfig::getName, LoggerConfig::getLevel));
        Configurator.setAllLevels(ALL, Level.OFF);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        Configurator.setLevel(before);
    }
}
