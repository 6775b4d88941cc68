package dev.serverbackup.server;

import static dev.serverbackup.server.SampleFleet.ALPHA;
import static dev.serverbackup.server.SampleFleet.ANOTHER_UUID;
import static dev.serverbackup.server.SampleFleet.HELD;
import static dev.serverbackup.server.SampleFleet.NIGHTLY;
import static dev.serverbackup.server.SampleFleet.NIGHTLY_ONES;
import static dev.serverbackup.server.SampleFleet.UUID;
import static dev.serverbackup.server.SampleFleet.WEEKLY;
import static dev.serverbackup.server.SampleFleet.arn;
import static dev.serverbackup.server.SampleFleet.nothing;
import static dev.serverbackup.server.SampleFleet.only;
import static dev.serverbackup.server.SampleFleet.select;
import static dev.serverbackup.server.SampleFleet.server;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is listed and asked for, and cannot be a target. */
class SkippedResourcesTest {
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
        Targets targets = select(
                NIGHTLY_ONES,
                new TaggedResource(arn("alpha", UUID), WEEKLY),
                new TaggedResource(arn("alpha", ANOTHER_UUID), NIGHTLY));

        assertThat(targets).isEqualTo(only(new Server(ALPHA, Optional.of(arn("alpha", ANOTHER_UUID)), NIGHTLY)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "alpha",
                "arn:aws:opsworks-cm:eu-central-1:123456789012:backup/alpha-20171218132604388",
                "arn:aws:opsworks-cm:eu-central-1:123456789012:server/alpha",
                "arn:aws:opsworks-cm:eu-central-1:123456789012:server/alpha/",
                "arn:aws:opsworks-cm:eu-central-1:123456789012:server//" + UUID,
                "arn:aws:opsworks-cm:eu-central-1:123456789012:server/alpha/" + UUID + "/x",
                "arn:aws:opsworks-cm:eu-central-1:12345678901:server/alpha/" + UUID,
                "arn:aws:opsworks-cm::123456789012:server/alpha/" + UUID,
                "arn:aws:ec2:eu-central-1:123456789012:instance/i-0abcdef1234567890",
            })
    void what_is_not_a_server_is_skipped(String arn) {
        Targets targets = select(NIGHTLY_ONES, new TaggedResource(arn, NIGHTLY));

        assertThat(targets)
                .isEqualTo(new Targets(List.of(), List.of(), List.of(new SkippedResource(arn, "not a server"))));
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
        Targets targets =
                TargetSelection.of(ServerKind.MANAGED_NODE, NIGHTLY_ONES, List.of(new TaggedResource(arn, NIGHTLY)));

        assertThat(targets.skipped()).containsExactly(new SkippedResource(arn, "not a server"));
        assertThat(targets.servers()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1alpha", "al_pha", "a b", "a2345678901234567890123456789012345678901"})
    void a_server_whose_name_the_api_would_refuse_is_skipped(String name) {
        assertThat(select(NIGHTLY_ONES, server(name, NIGHTLY)).skipped())
                .containsExactly(new SkippedResource(arn(name, UUID), "not a server name"));
    }

    @Test
    void what_does_not_meet_the_tags_is_not_even_skipped() {
        assertThat(select(NIGHTLY_ONES, new TaggedResource("arn:aws:ec2:x", WEEKLY), server("1alpha", WEEKLY)))
                .isEqualTo(nothing());
    }
}
