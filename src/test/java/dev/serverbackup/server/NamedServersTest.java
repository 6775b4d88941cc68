package dev.serverbackup.server;

import static dev.serverbackup.server.SampleFleet.ALPHA;
import static dev.serverbackup.server.SampleFleet.BRAVO;
import static dev.serverbackup.server.SampleFleet.HELD;
import static dev.serverbackup.server.SampleFleet.NAMED;
import static dev.serverbackup.server.SampleFleet.NAMED_AND_NIGHTLY;
import static dev.serverbackup.server.SampleFleet.NAMED_UNLESS_HELD;
import static dev.serverbackup.server.SampleFleet.NIGHTLY;
import static dev.serverbackup.server.SampleFleet.UUID;
import static dev.serverbackup.server.SampleFleet.WEEKLY;
import static dev.serverbackup.server.SampleFleet.arn;
import static dev.serverbackup.server.SampleFleet.names;
import static dev.serverbackup.server.SampleFleet.nothing;
import static dev.serverbackup.server.SampleFleet.only;
import static dev.serverbackup.server.SampleFleet.select;
import static dev.serverbackup.server.SampleFleet.server;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Servers that a request names: targets as they stand, unless it says more. */
class NamedServersTest {
    @Test
    void named_servers_are_targets_whether_they_are_listed_or_not() {
        assertThat(select(NAMED)).isEqualTo(only(Server.named(ALPHA), Server.named(BRAVO)));
    }

    @Test
    void a_named_server_is_left_out_where_its_tags_exclude_it() {
        Targets targets = select(NAMED_UNLESS_HELD, server("bravo", HELD), server("charlie", HELD));

        assertThat(targets.servers()).containsExactly(Server.named(ALPHA));
        assertThat(targets.excluded()).containsExactly(new ExcludedServer(BRAVO, "excluded by tag BackupHold"));
    }

    @Test
    void a_named_server_that_is_listed_is_known_by_its_arn_and_tags() {
        assertThat(select(NAMED_UNLESS_HELD, server("bravo", WEEKLY)))
                .isEqualTo(only(Server.named(ALPHA), new Server(BRAVO, Optional.of(arn("bravo", UUID)), WEEKLY)));
    }

    @Test
    void a_named_server_must_meet_the_tags_too() {
        Targets targets = select(
                NAMED_AND_NIGHTLY, server("alpha", WEEKLY), server("bravo", NIGHTLY), server("charlie", NIGHTLY));

        assertThat(names(targets)).containsExactly(BRAVO);
    }

    @Test
    void what_has_no_server_name_is_none_of_the_named() {
        TaggedResource instance = new TaggedResource("arn:aws:ec2:x", NIGHTLY);

        assertThat(select(NAMED_AND_NIGHTLY, instance)).isEqualTo(nothing());
        assertThat(select(NAMED_UNLESS_HELD, instance).skipped()).isEmpty();
    }
}
