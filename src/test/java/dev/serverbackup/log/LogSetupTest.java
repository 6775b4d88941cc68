package dev.serverbackup.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator.ExecutionStatus;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

@Isolated("it turns System.out away")
class LogSetupTest {
    private final LoggerContext context = Events.context();
    private ExecutionStatus status;

    @BeforeEach
    void setUp() {
        status = new LogSetup().configure(context);
    }

    /** What is printed while this is done. */
    private static String printed(Runnable work) {
        PrintStream before = System.out;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setOut(new PrintStream(bytes, false, StandardCharsets.UTF_8));
        try {
            work.run();
            System.out.flush();
        } finally {
            System.setOut(before);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void of_ours_information_is_logged() {
        Logger ours = context.getLogger("dev.serverbackup.run.Ledger");

        assertThat(ours.isInfoEnabled()).isTrue();
        assertThat(ours.isDebugEnabled()).isFalse();
    }

    @Test
    void of_others_warnings_are_logged() {
        Logger others = context.getLogger("software.amazon.awssdk.request");

        assertThat(others.isWarnEnabled()).isTrue();
        assertThat(others.isInfoEnabled()).isFalse();
    }

    @Test
    void a_line_goes_where_standard_output_goes_at_that_moment() {
        Logger logger = context.getLogger("dev.serverbackup");

        String first = printed(() -> logger.info("one"));
        String second = printed(() -> logger.info("two"));

        assertThat(first).startsWith("{\"level\":\"INFO\",\"message\":\"one\"").endsWith("}\n");
        assertThat(second).startsWith("{\"level\":\"INFO\",\"message\":\"two\"").endsWith("}\n");
    }

    @Test
    void logback_asks_nobody_else() {
        assertThat(status).isEqualTo(ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY);
    }

    @Test
    void it_is_what_slf4j_finds() {
        Logger real = LoggerFactory.getLogger("dev.serverbackup.log");

        assertThat(printed(() -> real.info("said"))).startsWith("{\"level\":\"INFO\",\"message\":\"said\"");
    }
}
