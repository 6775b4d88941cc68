package dev.serverbackup.server;

import static dev.serverbackup.server.SampleFleet.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which of what is listed is a target, and what is said of the rest of what was asked for. */
class TargetSelectionTest {
    @Test
    void the_servers_that_meet_the_tags_are_targets_in_the_order_of_their_names() {
        assertThat(select(NIGHTLY_ONES, server("charlie", NIGHTLY), server("alpha", NIGHTLY), server("b", WEEKLY)))
                .isEqualTo(only(
                        new Server(ALPHA, Optional.of(arn("alpha", UUID)), NIGHTLY),
                        new Server(CHARLIE, Optional.of(arn("charlie", UUID)), NIGHTLY)));
    }

    @Test
    void an_excluded_server_is_left_out_and_says_by_which_tag() {
        Map<String, String> heldButWeekly = Map.of("Backup", "weekly", "BackupHold", "");

        Targets targets =
                select(NIGHTLY_ONES, server("alpha", NIGHTLY), server("bravo", HELD), server("charlie", heldButWeekly));

        assertThat(names(targets)).containsExactly(ALPHA);
        assertThat(targets.excluded()).containsExactly(new ExcludedServer(BRAVO, "excluded by tag BackupHold"));
    }

    @Test
    void a_server_listed_twice_is_one_target_with_its_later_tags() {
        Map<String, String> later = Map.of("Backup", "nightly", "Team", "chef");

        Targets targets = select(NIGHTLY_ONES, server("alpha", NIGHTLY), server("alpha", later));

        assertThat(targets).isEqualTo(only(new Server(ALPHA, Optional.of(arn("alpha", UUID)), later)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> only(Server.named(ALPHA), Server.named(BRAVO), Server.named(ALPHA)));
    }

    /** As they stand, unless the request says more. */
    @Test
    void named_servers_are_targets_whether_they_are_listed_or_not() {
        assertThat(select(NAMED)).isEqualTo(only(Server.named(ALPHA), Server.named(BRAVO)));
        assertThat(select(NAMED_UNLESS_HELD, server("bravo", WEEKLY)))
                .isEqualTo(only(Server.named(ALPHA), new Server(BRAVO, Optional.of(arn("bravo", UUID)), WEEKLY)));
    }

    @Test
    void a_named_server_is_left_out_where_its_tags_exclude_it() {
        Targets targets = select(NAMED_UNLESS_HELD, server("bravo", HELD), server("charlie", HELD));

        assertThat(targets.servers()).containsExactly(Server.named(ALPHA));
        assertThat(targets.excluded()).containsExactly(new ExcludedServer(BRAVO, "excluded by tag BackupHold"));
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

    @Test
    void the_same_name_under_another_arn_is_skipped() {
        TaggedResource first = new TaggedResource(arn("alpha", UUID), NIGHTLY);
        TaggedResource second = new TaggedResource(arn("alpha", ANOTHER_UUID), NIGHTLY);

        Targets targets = select(NIGHTLY_ONES, first, second);

        assertThat(targets.servers()).containsExactly(new Server(ALPHA, Optional.of(first.arn()), NIGHTLY));
        assertThat(targets.skipped()).containsExactly(new SkippedResource(second.arn(), "same name under another ARN"));
        assertThat(select(NIGHTLY_ONES, second, first)).isEqualTo(targets);
    }

    @Test
    void an_exclusion_under_either_arn_holds_for_the_name() {
        TaggedResource free = new TaggedResource(arn("alpha", UUID), NIGHTLY);
        TaggedResource held = new TaggedResource(arn("alpha", ANOTHER_UUID), HELD);

        Targets targets = select(NIGHTLY_ONES, free, held);

        assertThat(targets.servers()).isEmpty();
        assertThat(targets.excluded()).containsExactly(new ExcludedServer(ALPHA, "excluded by tag BackupHold"));
        assertThat(targets.skipped()).containsExactly(new SkippedResource(free.arn(), "same name under another ARN"));
    }

    @Test
    void an_arn_of_the_same_name_that_does_not_meet_the_tags_is_passed_over() {
        TaggedResource weekly = new TaggedResource(arn("alpha", UUID), WEEKLY);
        TaggedResource nightly = new TaggedResource(arn("alpha", ANOTHER_UUID), NIGHTLY);

        assertThat(select(NIGHTLY_ONES, weekly, nightly))
                .isEqualTo(only(new Server(ALPHA, Optional.of(nightly.arn()), NIGHTLY)));
    }

    /** What else is none, {@link ArnFuzzTest} has among its inputs. */
    @Test
    void what_is_not_a_server_is_skipped() {
        String instance = "arn:aws:ec2:eu-central-1:123456789012:instance/i-0abcdef1234567890";

        assertThat(select(NIGHTLY_ONES, new TaggedResource(instance, NIGHTLY)))
                .isEqualTo(new Targets(List.of(), List.of(), List.of(new SkippedResource(instance, "not a server"))));
        assertThat(select(NIGHTLY_ONES, server("1alpha", NIGHTLY)).skipped())
                .containsExactly(new SkippedResource(arn("1alpha", UUID), "not a server name"));
    }

    /** Systems Manager's own name of an EC2 instance is none of a second server. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "arn:aws:ssm:eu-central-1:123456789012:managed-instance/i-0abcdef1234567890",
                "arn:aws:ssm:eu-central-1:123456789012:instance/mi-0abcdef1234567890",
                "arn:aws:ec2:eu-central-1:123456789012:managed-instance/mi-0abcdef1234567890",
                "arn:aws:opsworks-cm:eu-central-1:123456789012:server/alpha/" + UUID,
            })
    void what_is_no_managed_node_is_skipped(String arn) {
        assertThat(TargetSelection.of(ServerKind.MANAGED_NODE, NIGHTLY_ONES, List.of(new TaggedResource(arn, NIGHTLY))))
                .isEqualTo(new Targets(List.of(), List.of(), List.of(new SkippedResource(arn, "not a server"))));
    }

    @Test
    void what_does_not_meet_the_tags_is_not_even_skipped() {
        assertThat(select(NIGHTLY_ONES, new TaggedResource("arn:aws:ec2:x", WEEKLY), server("1alpha", WEEKLY)))
                .isEqualTo(nothing());
    }

    @Test
    void what_is_skipped_is_fit_to_be_shown() {
        assertThat(new SkippedResource("a\nb", "not a server").resource()).isEqualTo("a\\u000Ab");
        assertThat(new SkippedResource("x".repeat(1_000), "not a server").resource())
                .hasSize(200)
                .endsWith("x…");
    }
}
