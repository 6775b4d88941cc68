package dev.serverbackup.server;

import static dev.serverbackup.server.SampleFleet.ALL;
import static dev.serverbackup.server.SampleFleet.ALPHA;
import static dev.serverbackup.server.SampleFleet.CHARLIE;
import static dev.serverbackup.server.SampleFleet.HELD;
import static dev.serverbackup.server.SampleFleet.NIGHTLY;
import static dev.serverbackup.server.SampleFleet.NIGHTLY_ONES;
import static dev.serverbackup.server.SampleFleet.UUID;
import static dev.serverbackup.server.SampleFleet.WEEKLY;
import static dev.serverbackup.server.SampleFleet.arn;
import static dev.serverbackup.server.SampleFleet.names;
import static dev.serverbackup.server.SampleFleet.nothing;
import static dev.serverbackup.server.SampleFleet.only;
import static dev.serverbackup.server.SampleFleet.select;
import static dev.serverbackup.server.SampleFleet.server;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TargetSelectionTest {
    @Test
    void the_servers_that_meet_the_tags_are_targets_in_the_order_of_their_names() {
        Targets targets =
                select(NIGHTLY_ONES, server("charlie", NIGHTLY), server("alpha", NIGHTLY), server("b", WEEKLY));

        assertThat(targets.servers())
                .containsExactly(
                        new Server(ALPHA, Optional.of(arn("alpha", UUID)), NIGHTLY),
                        new Server(CHARLIE, Optional.of(arn("charlie", UUID)), NIGHTLY));
        assertThat(targets.excluded()).isEmpty();
        assertThat(targets.skipped()).isEmpty();
    }

    @Test
    void an_excluded_server_is_left_out_and_says_by_which_tag() {
        Targets targets = select(NIGHTLY_ONES, server("alpha", NIGHTLY), server("bravo", HELD));

        assertThat(names(targets)).containsExactly(ALPHA);
        assertThat(targets.excluded())
                .containsExactly(new ExcludedServer(SampleFleet.BRAVO, "excluded by tag BackupHold"));
    }

    @Test
    void a_server_that_was_not_asked_for_is_not_left_out() {
        Map<String, String> heldButWeekly = Map.of("Backup", "weekly", "BackupHold", "");

        assertThat(select(NIGHTLY_ONES, server("alpha", heldButWeekly))).isEqualTo(nothing());
    }

    @Test
    void a_server_listed_twice_is_one_target_with_its_later_tags() {
        Map<String, String> later = Map.of("Backup", "nightly", "Team", "chef");

        Targets targets = select(NIGHTLY_ONES, server("alpha", NIGHTLY), server("alpha", later));

        assertThat(targets).isEqualTo(only(new Server(ALPHA, Optional.of(arn("alpha", UUID)), later)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"aws", "aws-cn", "aws-us-gov"})
    void a_server_may_be_in_any_partition(String partition) {
        String arn = arn("alpha", UUID).replace("arn:aws:", "arn:" + partition + ":");

        assertThat(names(select(NIGHTLY_ONES, new TaggedResource(arn, NIGHTLY))))
                .containsExactly(ALPHA);
    }

    @Test
    void all_means_every_server_that_has_a_tag() {
        assertThat(names(select(ALL, server("alpha", WEEKLY), server("bravo", Map.of()))))
                .containsExactly(ALPHA);
    }

    @Test
    void no_listing_gives_no_targets() {
        assertThat(select(NIGHTLY_ONES)).isEqualTo(nothing());
    }
}
