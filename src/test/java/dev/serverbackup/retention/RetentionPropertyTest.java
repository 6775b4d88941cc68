package dev.serverbackup.retention;

import static dev.serverbackup.Samples.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.InMemoryApplication;
import dev.serverbackup.audit.Entry;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.config.Configurator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Two thousand histories: passes that crash anywhere, and between whose steps others pass, indexes and listings that are
 * stale, answers that are lost. {@link RetentionHistory} judges every deletion; a failure names its seed.
 */
class RetentionPropertyTest {
    private static final int HISTORIES = 2_000;

    /** The process is gone: not to be caught by the code under test. */
    private static final class Crash extends Error {
        private static final long serialVersionUID = 1L;

        Crash() {
            super("crashed", null, false, false);
        }
    }

    @BeforeAll
    static void log_nothing() {
        Configurator.setLevel(Retention.class, Level.OFF);
    }

    @AfterAll
    static void log_again() {
        Configurator.setLevel(Retention.class, Level.INFO);
    }

    @Test
    void only_what_no_rule_keeps_is_ever_deleted_and_in_the_end_all_of_it_is() {
        int deleted = 0;
        for (long seed = 0; seed < HISTORIES; seed++) {
            try {
                deleted += history(seed);
            } catch (AssertionError e) {
                throw new AssertionError("with seed " + seed, e);
            }
        }
        assertThat(deleted).as("the histories are worth something").isGreaterThan(HISTORIES);
    }

    /** Answers how many were deleted. */
    private static int history(long seed) {
        Random random = new Random(seed);
        RetentionPolicy policy = policy(random);
        RetentionHistory history = new RetentionHistory(
                random, policy, policy.longest() == 0 ? Duration.ofMinutes(1) : Duration.ofHours(3));
        for (int round = 0; round < 4; round++) {
            for (int i = random.nextInt(6); i > 0; i--) {
                history.something(random.nextInt(4) == 0 ? BRAVO : ALPHA);
            }
            passes(history, random);
            if (random.nextBoolean()) {
                history.deletionsEnd();
            }
        }
        finish(history);
        return history.deletions;
    }

    private static RetentionPolicy policy(Random random) {
        int count = 1 + random.nextInt(3);
        return InMemoryApplication.policy(
                switch (random.nextInt(4)) {
                    case 0 -> "daily " + count;
                    case 1 -> "weekly 1, daily 1, last " + count;
                    default -> "last " + count;
                });
    }

    /** Two passes, each after a success of its own: the second comes between two steps of the first, or after it. */
    private static void passes(RetentionHistory history, Random random) {
        Entry first = history.success(ALPHA);
        Entry second = history.success(ALPHA);
        AtomicInteger stepsBefore = new AtomicInteger(random.nextInt(8));
        pass(history, random, first, () -> {
            if (stepsBefore.getAndDecrement() == 0) {
                pass(history, random, second, () -> {});
            }
        });
        if (stepsBefore.get() >= 0) {
            pass(history, random, second, () -> {});
        }
    }

    /** It may crash before each of its steps. */
    private static void pass(RetentionHistory history, Random random, Entry success, Runnable meanwhile) {
        Runnable step = () -> {
            meanwhile.run();
            if (random.nextDouble() < 0.08) {
                throw new Crash();
            }
        };
        try {
            history.retention(step).after(success);
        } catch (Crash _) {
            // What it has begun, the next success goes on with.
        }
    }

    /** Without troubles, the next success leaves the newest and nothing else, and every deletion is on record. */
    private static void finish(RetentionHistory history) {
        history.endTroubles();
        history.deletionsEnd();
        Entry last = history.success(ALPHA);
        List<String> kept = history.kept();
        List<Entry> entries = history.app.audit.entriesOf(ALPHA.name());

        history.retention(() -> {}).after(last);

        assertThat(history.good(ALPHA.name())).containsExactlyElementsOf(kept);
        assertThat(history.app.audit.entriesOf(ALPHA.name())).as("outcomes").isEqualTo(entries);
        assertThat(history.app.repository.undeleted(ALPHA.name()))
                .as("nothing is left half done")
                .noneMatch(past -> past.isDeletionIntended());
    }
}
