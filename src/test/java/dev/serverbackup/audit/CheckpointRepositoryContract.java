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
    void nothing_is_there_before_it_is_written() {
        assertThat(repository().read(Kind.SLOTS)).isEmpty();
    }

    @Test
    void what_is_written_is_read_back_and_each_kind_has_its_own() {
        assertThat(repository().replace(Kind.SLOTS, Optional.empty(), FIRST)).isTrue();

        assertThat(repository().read(Kind.SLOTS)).contains(FIRST);
        assertThat(repository().read(Kind.DIGEST)).isEmpty();
    }

    @Test
    void it_is_replaced_where_it_is_as_it_was_read() {
        repository().replace(Kind.SLOTS, Optional.empty(), FIRST);

        assertThat(repository().replace(Kind.SLOTS, Optional.of(FIRST), NEXT)).isTrue();
        assertThat(repository().read(Kind.SLOTS)).contains(NEXT);
    }

    @Test
    void a_first_one_is_not_written_over_another() {
        repository().replace(Kind.SLOTS, Optional.empty(), FIRST);

        assertThat(repository().replace(Kind.SLOTS, Optional.empty(), NEXT)).isFalse();
        assertThat(repository().read(Kind.SLOTS)).contains(FIRST);
    }

    @Test
    void nothing_is_written_over_one_that_has_come_further() {
        repository().replace(Kind.SLOTS, Optional.empty(), NEXT);

        assertThat(repository().replace(Kind.SLOTS, Optional.of(FIRST), OTHER)).isFalse();
        assertThat(repository().read(Kind.SLOTS)).contains(NEXT);
    }

    @Test
    void nothing_is_written_over_one_of_other_work() {
        repository().replace(Kind.SLOTS, Optional.empty(), OTHER);

        assertThat(repository().replace(Kind.SLOTS, Optional.of(FIRST), NEXT)).isFalse();
        assertThat(repository().read(Kind.SLOTS)).contains(OTHER);
    }
}
