package dev.serverbackup.retention;

import static dev.serverbackup.Samples.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.audit.AttemptId;
import dev.serverbackup.audit.Entry;
import dev.serverbackup.audit.InMemoryVerificationRepository;
import dev.serverbackup.backup.BackupBackend;
import dev.serverbackup.metrics.Metrics;
import dev.serverbackup.run.Backoff;
import dev.serverbackup.run.Deadline;
import dev.serverbackup.run.RunDependencies;
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
 * stale, answers that are lost. {@link StaleWorld} judges every deletion; a failure names the seed that tells its story again.
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
    static void be_quiet() {
        Configurator.setLevel(Retention.class, Level.OFF);
    }

    @AfterAll
    static void speak_again() {
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
        StaleWorld world =
                new StaleWorld(random, policy, policy.longest() == 0 ? Duration.ofMinutes(1) : Duration.ofHours(3));
        for (int round = 0; round < 4; round++) {
            for (int i = random.nextInt(6); i > 0; i--) {
                world.something(random.nextInt(4) == 0 ? BRAVO : ALPHA);
            }
            passes(world, random, policy);
            if (random.nextBoolean()) {
                world.deletionsEnd();
            }
        }
        finish(world, policy);
        return world.deletions();
    }

    private static RetentionPolicy policy(Random random) {
        int count = 1 + random.nextInt(3);
        return RetentionScene.policy(
                switch (random.nextInt(4)) {
                    case 0 -> "daily " + count;
                    case 1 -> "weekly 1, daily 1, last " + count;
                    default -> "last " + count;
                });
    }

    /** Two passes, each after a success of its own: the second comes between two steps of the first, or after it. */
    private static void passes(StaleWorld world, Random random, RetentionPolicy policy) {
        Entry first = world.success(ALPHA);
        Entry second = world.success(ALPHA);
        AtomicInteger stepsBefore = new AtomicInteger(random.nextInt(8));
        pass(world, random, policy, first, () -> {
            if (stepsBefore.getAndDecrement() == 0) {
                pass(world, random, policy, second, () -> {});
            }
        });
        if (stepsBefore.get() >= 0) {
            pass(world, random, policy, second, () -> {});
        }
    }

    /** It may crash before each of its steps. */
    private static void pass(
            StaleWorld world, Random random, RetentionPolicy policy, Entry success, Runnable meanwhile) {
        Runnable step = () -> {
            meanwhile.run();
            if (random.nextDouble() < 0.08) {
                throw new Crash();
            }
        };
        try {
            retention(world, policy, step).after(success);
        } catch (Crash _) {
            // What it has begun, the next success goes on with.
        }
    }

    /** In peace, the next success leaves the newest and nothing else, and every deletion is on record. */
    private static void finish(StaleWorld world, RetentionPolicy policy) {
        world.calm();
        world.deletionsEnd();
        Entry last = world.success(ALPHA);
        List<String> kept = kept(world);
        List<Entry> entries = world.audit.entriesOf(ALPHA.name());

        retention(world, policy, () -> {}).after(last);

        assertThat(world.good(ALPHA.name())).containsExactlyElementsOf(kept);
        assertThat(world.audit.entriesOf(ALPHA.name())).as("outcomes").isEqualTo(entries);
        assertThat(world.repository.undeleted(ALPHA.name()))
                .as("nothing is left half done")
                .noneMatch(past -> past.isDeletionIntended());
    }

    /** What the rules keep, and what has just succeeded, however old its creation makes it. */
    private static List<String> kept(StaleWorld world) {
        return world.good(ALPHA.name()).stream()
                .filter(id -> world.rulesKeep(id) || id.equals(world.lastSuccess(ALPHA.name())))
                .toList();
    }

    private static Retention retention(StaleWorld world, RetentionPolicy policy, Runnable step) {
        RunDependencies dependencies = new RunDependencies(
                world.audit,
                BackupBackend.OPSWORKS_CM,
                world.service(step),
                RetentionScene.TERMS,
                new Backoff(RetentionScene.TERMS.retryDelay(), new Random(4711)),
                world.clock,
                () -> new AttemptId("none"),
                Metrics.NONE);
        Deadline deadline = new Deadline(world.clock.instant().plus(Duration.ofMinutes(5)));
        return new Retention(
                dependencies,
                world.repository(step),
                new InMemoryVerificationRepository(world.audit, world.repository),
                policy,
                world.deletion(step),
                _ -> true,
                deadline,
                new RetentionScene.Counted());
    }
}
