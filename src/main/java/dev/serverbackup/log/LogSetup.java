package dev.serverbackup.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.ContextAwareBase;

/**
 * What is logged, and where to: whatever {@code System.out} is when a line is written, since priming turns it away
 * while it runs. Logback finds it as a service, and looks for no file then: to read one takes hundreds of classes.
 */
public final class LogSetup extends ContextAwareBase implements Configurator {
    /** Logback's. */
    public LogSetup() {}

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.WARN);
        root.addAppender(standardOutput(context));
        context.getLogger("dev.serverbackup").setLevel(Level.INFO);
        // They show whole requests, credentials included.
        context.getLogger("org.apache.http.wire").setLevel(Level.OFF);
        context.getLogger("org.apache.http.headers").setLevel(Level.OFF);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    private static ConsoleAppender<ILoggingEvent> standardOutput(LoggerContext context) {
        LineEncoder encoder = new LineEncoder();
        encoder.setContext(context);
        encoder.start();
        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setContext(context);
        appender.setEncoder(encoder);
        appender.start();
        return appender;
    }
}
