package dev.serverbackup.audit;

import static dev.serverbackup.Samples.TWO_O_CLOCK;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.audit.Checkpoint.Kind;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every repository of checkpoints keeps to. Each test has an empty audit. */
public abstract class CheckpointRepositoryContract {
    private static final Checkpoint FIRST = new Checkpoint("cron(0 2 * * ? *) UTC ENABLED", TWO_O_CLOCK);
    private static final Checkpoint NEXT = new Checkpoint("cron(0 2 * * ? *) UTC ENABLED", TWO_O_CLOCK.plusMillis(1));
    private static final Checkpoint OTHER = new Checkpoint("cron(0 3 * * ? *) UTC ENABLED", TWO_O_CLOCK);

    protected abstract CheckpointRepository repository();

    @Test
    void what_is_written_is_read_back_and_each_kind_has_its_own() {
        assertThat(repository().read(Kind.SLOTS)).isEmpty();
        assertThat(repository().replace(Kind.SLOTS, Optional.empty(), FIRST)).isTrue();

        assertThat(repository().read(Kind.SLOTS)).contains(FIRST);
        assertThat(repository().read(Kind.DIGEST)).isEmpty();

        assertThat(repository().replace(Kind.SLOTS, Optional.of(FIRST), NEXT)).isTrue();
        assertThat(repository().read(Kind.SLOTS)).contains(NEXT);
    }

    @Test
    void nothing_is_written_over_one_that_is_not_as_it_was_read() {
        assertKept(FIRST, Optional.empty(), NEXT);
    }

    @Test
    void nor_over_one_that_has_come_further() {
        assertKept(NEXT, Optional.of(FIRST), OTHER);
    }

    @Test
    void nor_over_one_of_other_work() {
        assertKept(OTHER, Optional.of(FIRST), NEXT);
    }

    private void assertKept(Checkpoint standing, Optional<Checkpoint> read, Checkpoint next) {
        repository().replace(Kind.SLOTS, Optional.empty(), standing);

        assertThat(repository().replace(Kind.SLOTS, read, next)).isFalse();
        assertThat(repository().read(Kind.SLOTS)).contains(standing);
    }
}
