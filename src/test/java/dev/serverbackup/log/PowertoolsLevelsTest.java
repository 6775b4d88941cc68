package dev.serverbackup.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.event.Level;
import software.amazon.lambda.powertools.logging.internal.LoggingManagerRegistry;

class PowertoolsLevelsTest {
    private final LoggerContext context = Events.context();
    private final PowertoolsLevels levels = new PowertoolsLevels(context);
    private final Logger ours = context.getLogger("dev.serverbackup.run.Ledger");
    private final Logger others = context.getLogger("software.amazon.awssdk.request");

    @BeforeEach
    void setUp() {
        new LogSetup().configure(context);
    }

    @ParameterizedTest
    @EnumSource(Level.class)
    void the_level_that_is_named_becomes_that_of_every_logger(Level named) {
        levels.setLogLevel(named);

        assertThat(new Logger[] {ours, others}).extracting(levels::getLogLevel).containsOnly(named);
    }

    @Test
    void a_logger_that_is_first_asked_for_later_has_it_too() {
        levels.setLogLevel(Level.DEBUG);

        assertThat(context.getLogger("dev.serverbackup.later").isDebugEnabled()).isTrue();
    }

    @Test
    void what_none_was_named_for_has_the_level_of_the_setup() {
        assertThat(levels.getLogLevel(ours)).isEqualTo(Level.INFO);
        assertThat(levels.getLogLevel(others)).isEqualTo(Level.WARN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"org.apache.http.wire", "org.apache.http.headers"})
    void what_shows_credentials_is_never_logged(String name) {
        levels.setLogLevel(Level.TRACE);

        assertThat(context.getLogger(name).isErrorEnabled()).isFalse();
    }

    @Test
    void powertools_finds_it() {
        assertThat(LoggingManagerRegistry.getLoggingManager()).isInstanceOf(PowertoolsLevels.class);
    }
}
