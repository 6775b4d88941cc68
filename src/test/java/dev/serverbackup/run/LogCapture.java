package dev.serverbackup.run;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;

/** The log lines of one class while it is open. */
public final class LogCapture extends AbstractAppender implements AutoCloseable {
    private final List<LogEvent> lines = new CopyOnWriteArrayList<>();
    private final Logger logger;

    public LogCapture(Class<?> of) {
        super("capture", null, null, false, Property.EMPTY_ARRAY);
        logger = (Logger) LogManager.getLogger(of);
        start();
        logger.addAppender(this);
        logger.setLevel(Level.INFO);
    }

    @Override
    public void append(LogEvent event) {
        lines.add(event.toImmutable());
    }

    /** The values under this key, of all lines at this level that have it. */
    public List<String> values(Level level, String key) {
        return lines.stream()
                .filter(line ->
                        line.getLevel().equals(level) && line.getContextData().containsKey(key))
                .map(line -> line.getContextData().<Object>getValue(key).toString())
                .toList();
    }

    @Override
    public void close() {
        // The appender gave this logger a configuration of its own, whose level would stay.
        logger.getContext().getConfiguration().removeLogger(logger.getName());
        logger.getContext().updateLoggers();
        stop();
    }
}
