package dev.serverbackup.audit;

import static dev.serverbackup.Samples.TWO_O_CLOCK;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.audit.Checkpoint.Kind;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every repository of checkpoints keeps to. Each test has an empty audit. */
public interface CheckpointRepositoryContract {
    Checkpoint SLOT = new Checkpoint("cron(0 2 * * ? *) UTC ENABLED", TWO_O_CLOCK);
    Checkpoint NEXT_SLOT = new Checkpoint("cron(0 2 * * ? *) UTC ENABLED", TWO_O_CLOCK.plusMillis(1));
    Checkpoint ANOTHER_SCHEDULE = new Checkpoint("cron(0 3 * * ? *) UTC ENABLED", TWO_O_CLOCK);

    CheckpointRepository checkpoints();

    @Test
    default void what_is_written_is_read_back_and_each_kind_has_its_own() {
        assertThat(checkpoints().read(Kind.SLOTS)).isEmpty();
        assertThat(checkpoints().replace(Kind.SLOTS, Optional.empty(), SLOT)).isTrue();

        assertThat(checkpoints().read(Kind.SLOTS)).contains(SLOT);
        assertThat(checkpoints().read(Kind.DIGEST)).isEmpty();

        assertThat(checkpoints().replace(Kind.SLOTS, Optional.of(SLOT), NEXT_SLOT))
                .isTrue();
        assertThat(checkpoints().read(Kind.SLOTS)).contains(NEXT_SLOT);
    }

    @Test
    default void nothing_is_written_over_one_that_is_not_as_it_was_read() {
        assertKept(SLOT, Optional.empty(), NEXT_SLOT);
    }

    @Test
    default void nor_over_one_that_has_come_further() {
        assertKept(NEXT_SLOT, Optional.of(SLOT), ANOTHER_SCHEDULE);
    }

    @Test
    default void nor_over_one_of_other_work() {
        assertKept(ANOTHER_SCHEDULE, Optional.of(SLOT), NEXT_SLOT);
    }

    private void assertKept(Checkpoint standing, Optional<Checkpoint> read, Checkpoint next) {
        checkpoints().replace(Kind.SLOTS, Optional.empty(), standing);

        assertThat(checkpoints().replace(Kind.SLOTS, read, next)).isFalse();
        assertThat(checkpoints().read(Kind.SLOTS)).contains(standing);
    }
}
