package dev.serverbackup.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.fleet.Targets.Omission;
import dev.serverbackup.request.SelectorReader;
import dev.serverbackup.request.ServerName;
import dev.serverbackup.request.TagSelector;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TargetSelectionTest {
    private static final String UUID = "8epp7f6z-e91f-4z10-89z5-8c6219cdb09f";
    private static final String ANOTHER_UUID = "9epp7f6z-e91f-4z10-89z5-8c6219cdb09f";
    private static final ServerName ALPHA = new ServerName("alpha");
    private static final ServerName BRAVO = new ServerName("bravo");
    private static final ServerName CHARLIE = new ServerName("charlie");

    private static final Map<String, String> NIGHTLY = Map.of("Backup", "nightly");
    private static final Map<String, String> WEEKLY = Map.of("Backup", "weekly");
    private static final Map<String, String> HELD = Map.of("Backup", "nightly", "BackupHold", "audit");

    private static final TagSelector NIGHTLY_ONES = SelectorReader.fromJson("""
        {"tags": {"Backup": ["nightly"]}, "excludeTags": {"BackupHold": []}}\
        """);
    private static final TagSelector NAMED = SelectorReader.fromJson("""
        {"serverNames": ["bravo", "alpha"]}\
        """);
    private static final TagSelector NAMED_UNLESS_HELD = SelectorReader.fromJson("""
        {"serverNames": ["bravo", "alpha"], "excludeTags": {"BackupHold": []}}\
        """);
    private static final TagSelector NAMED_AND_NIGHTLY = SelectorReader.fromJson("""
        {"serverNames": ["bravo", "alpha"], "tags": {"Backup": ["nightly"]}}\
        """);
    private static final TagSelector ALL = SelectorReader.fromJson("{\"all\": true}");

    @Test
    void the_servers_that_meet_the_tags_are_targets_in_the_order_of_their_names() {
        Targets targets =
                select(NIGHTLY_ONES, server("charlie", NIGHTLY), server("alpha", NIGHTLY), server("b", WEEKLY));

        assertThat(targets.servers())
                .containsExactly(
                        new Server(ALPHA, Optional.of(arn("alpha", UUID)), NIGHTLY),
                        new Server(CHARLIE, Optional.of(arn("charlie", UUID)), NIGHTLY));
        assertThat(targets.leftOut()).isEmpty();
        assertThat(targets.ignored()).isEmpty();
    }

    @Test
    void an_excluded_server_is_left_out_and_says_by_which_tag() {
        Targets targets = select(NIGHTLY_ONES, server("alpha", NIGHTLY), server("bravo", HELD));

        assertThat(names(targets)).containsExactly(ALPHA);
        assertThat(targets.leftOut()).containsExactly(new Omission("bravo", "excluded by tag BackupHold"));
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

    @Test
    void the_same_name_under_another_arn_is_ignored() {
        TaggedResource first = new TaggedResource(arn("alpha", UUID), NIGHTLY);
        TaggedResource second = new TaggedResource(arn("alpha", ANOTHER_UUID), NIGHTLY);

        Targets targets = select(NIGHTLY_ONES, first, second);

        assertThat(targets.servers()).containsExactly(new Server(ALPHA, Optional.of(first.arn()), NIGHTLY));
        assertThat(targets.ignored()).containsExactly(new Omission(second.arn(), "same name under another ARN"));
        assertThat(select(NIGHTLY_ONES, second, first)).isEqualTo(targets);
    }

    @Test
    void an_exclusion_under_either_arn_holds_for_the_name() {
        TaggedResource free = new TaggedResource(arn("alpha", UUID), NIGHTLY);
        TaggedResource held = new TaggedResource(arn("alpha", ANOTHER_UUID), HELD);

        Targets targets = select(NIGHTLY_ONES, free, held);

        assertThat(targets.servers()).isEmpty();
        assertThat(targets.leftOut()).containsExactly(new Omission("alpha", "excluded by tag BackupHold"));
        assertThat(targets.ignored()).containsExactly(new Omission(free.arn(), "same name under another ARN"));
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
    void what_is_not_a_server_is_ignored(String arn) {
        Targets targets = select(NIGHTLY_ONES, new TaggedResource(arn, NIGHTLY));

        assertThat(targets).isEqualTo(new Targets(List.of(), List.of(), List.of(new Omission(arn, "not a server"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1alpha", "al_pha", "a b", "a2345678901234567890123456789012345678901"})
    void a_server_whose_name_the_api_would_refuse_is_ignored(String name) {
        assertThat(select(NIGHTLY_ONES, server(name, NIGHTLY)).ignored())
                .containsExactly(new Omission(arn(name, UUID), "not a server name"));
    }

    @Test
    void what_does_not_meet_the_tags_is_not_even_ignored() {
        assertThat(select(NIGHTLY_ONES, new TaggedResource("arn:aws:ec2:x", WEEKLY), server("1alpha", WEEKLY)))
                .isEqualTo(nothing());
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
    void named_servers_are_targets_whether_they_are_listed_or_not() {
        assertThat(select(NAMED)).isEqualTo(only(Server.named(ALPHA), Server.named(BRAVO)));
    }

    @Test
    void a_named_server_is_left_out_where_its_tags_exclude_it() {
        Targets targets = select(NAMED_UNLESS_HELD, server("bravo", HELD), server("charlie", HELD));

        assertThat(targets.servers()).containsExactly(Server.named(ALPHA));
        assertThat(targets.leftOut()).containsExactly(new Omission("bravo", "excluded by tag BackupHold"));
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
        assertThat(select(NAMED_UNLESS_HELD, instance).ignored()).isEmpty();
    }

    @Test
    void no_listing_gives_no_targets() {
        assertThat(select(NIGHTLY_ONES)).isEqualTo(nothing());
    }

    private static Targets select(TagSelector selector, TaggedResource... listing) {
        return TargetSelection.of(selector, List.of(listing));
    }

    private static TaggedResource server(String name, Map<String, String> tags) {
        return new TaggedResource(arn(name, UUID), tags);
    }

    private static String arn(String name, String uuid) {
        return "arn:aws:opsworks-cm:eu-central-1:123456789012:server/" + name + "/" + uuid;
    }

    private static List<ServerName> names(Targets targets) {
        return targets.servers().stream().map(Server::name).toList();
    }

    private static Targets only(Server... servers) {
        return new Targets(List.of(servers), List.of(), List.of());
    }

    private static Targets nothing() {
        return only();
    }
}
