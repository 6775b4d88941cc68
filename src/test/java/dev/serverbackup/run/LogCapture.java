package dev.serverbackup.run;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/** The log lines of one class while it is open. */
public final class LogCapture extends AppenderBase<ILoggingEvent> implements AutoCloseable {
    private final List<ILoggingEvent> lines = new CopyOnWriteArrayList<>();
    private final Logger logger;

    public LogCapture(Class<?> of) {
        logger = (Logger) LoggerFactory.getLogger(of);
        setContext(logger.getLoggerContext());
        start();
        logger.addAppender(this);
        logger.setLevel(Level.INFO);
    }

    @Override
    protected void append(ILoggingEvent event) {
        // Reads the context, which is that of this thread and this moment.
        event.prepareForDeferredProcessing();
        lines.add(event);
    }

    /** The values under this key, of all lines at this level that have it. */
    public List<String> values(Level level, String key) {
        return lines.stream()
                .filter(line -> line.getLevel().equals(level))
                .flatMap(line -> value(line, key).stream())
                .toList();
    }

    private static Optional<String> value(ILoggingEvent line, String key) {
        Stream<String> own = Stream.ofNullable(line.getKeyValuePairs())
                .flatMap(List::stream)
                .filter(pair -> pair.key.equals(key))
                .map(pair -> String.valueOf(pair.value));
        return Stream.concat(own, Stream.ofNullable(line.getMDCPropertyMap().get(key)))
                .findFirst();
    }

    @Override
    public void close() {
        logger.detachAppender(this);
        stop();
    }
}
