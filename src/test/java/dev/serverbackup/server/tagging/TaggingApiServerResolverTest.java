package dev.serverbackup.server.tagging;

import static dev.serverbackup.server.tagging.TaggingAnswers.arn;
import static dev.serverbackup.server.tagging.TaggingAnswers.everyServer;
import static dev.serverbackup.server.tagging.TaggingAnswers.names;
import static dev.serverbackup.server.tagging.TaggingAnswers.page;
import static dev.serverbackup.server.tagging.TaggingAnswers.resource;
import static dev.serverbackup.server.tagging.TaggingAnswers.server;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoMoreInteractions;
import static org.mockito.Mockito.when;

import dev.serverbackup.request.SelectorReader;
import dev.serverbackup.request.ServerName;
import dev.serverbackup.request.TagSelector;
import dev.serverbackup.server.Preview;
import dev.serverbackup.server.Server;
import dev.serverbackup.server.ServerKind;
import dev.serverbackup.server.SkippedResource;
import dev.serverbackup.server.Targets;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import software.amazon.awssdk.services.resourcegroupstaggingapi.ResourceGroupsTaggingApiClient;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.GetResourcesRequest;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.GetResourcesResponse;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.ResourceTagMapping;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.Tag;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.TagFilter;

class TaggingApiServerResolverTest {
    private static final TagSelector NIGHTLY =
            SelectorReader.fromJson("{\"tags\": {\"Backup\": [\"nightly\", \"hourly\"], \"Environment\": []}}");
    private static final TagSelector ALL =
            SelectorReader.fromJson("{\"all\": true, \"excludeTags\": {\"BackupHold\": []}}");

    private final ResourceGroupsTaggingApiClient client = mock(ResourceGroupsTaggingApiClient.class);
    private final TaggingApiServerResolver fleet = new TaggingApiServerResolver(client, ServerKind.OPSWORKS_CM);

    @Test
    void the_api_is_asked_for_servers_with_these_tags() {
        answers(page(null));

        fleet.select(NIGHTLY);

        verify(client)
                .getResources(GetResourcesRequest.builder()
                        .resourceTypeFilters("opsworks-cm:server")
                        .resourcesPerPage(100)
                        .tagFilters(
                                TagFilter.builder()
                                        .key("Backup")
                                        .values("hourly", "nightly")
                                        .build(),
                                TagFilter.builder().key("Environment").build())
                        .build());
        verifyNoMoreInteractions(client);
    }

    /** One listing of both: a listing of each would be two views of the tags. */
    @Test
    void for_managed_nodes_it_is_asked_for_instances_of_ec2_and_for_machines_elsewhere() {
        String ec2 = "arn:aws:ec2:eu-central-1:123456789012:instance/i-0123456789abcdef0";
        String elsewhere = "arn:aws:ssm:eu-central-1:123456789012:managed-instance/mi-0123456789abcdef0";
        answers(page(null, resource(ec2, "any", "tag"), resource(elsewhere, "any", "tag")));

        Targets targets = new TaggingApiServerResolver(client, ServerKind.MANAGED_NODE).select(ALL);

        assertThat(targets.servers())
                .containsExactly(
                        new Server(new ServerName("i-0123456789abcdef0"), Optional.of(ec2), Map.of("any", "tag")),
                        new Server(
                                new ServerName("mi-0123456789abcdef0"), Optional.of(elsewhere), Map.of("any", "tag")));
        verify(client)
                .getResources(everyServer()
                        .resourceTypeFilters("ec2:instance", "ssm:managed-instance")
                        .build());
    }

    @Test
    void without_tag_conditions_it_is_asked_for_every_server() {
        answers(page(null));

        fleet.select(ALL);

        verify(client).getResources(everyServer().build());
    }

    @Test
    void more_values_than_the_api_takes_are_asked_for_by_their_key() {
        answers(page(null, server("alpha", "Backup", "v20"), server("bravo", "Backup", "v21")));
        String values =
                IntStream.range(0, 21).mapToObj(each -> "\"v" + each + "\"").collect(Collectors.joining(","));

        Targets targets = fleet.select(SelectorReader.fromJson("{\"tags\": {\"Backup\": [" + values + "]}}"));

        verify(client)
                .getResources(everyServer()
                        .tagFilters(TagFilter.builder().key("Backup").build())
                        .build());
        assertThat(names(targets)).containsExactly("alpha");
    }

    @Test
    void the_exact_rule_is_applied_to_the_answer() {
        answers(page(
                null,
                server("alpha", "Backup", "nightly", "Environment", "prod"),
                server("bravo", "Backup", "Nightly", "Environment", "prod"),
                server("charlie", "Backup", "nightly")));

        assertThat(fleet.select(NIGHTLY).servers())
                .containsExactly(new Server(
                        new ServerName("alpha"),
                        Optional.of(arn("alpha")),
                        Map.of("Backup", "nightly", "Environment", "prod")));
    }

    @ParameterizedTest
    @NullAndEmptySource
    void pages_are_read_until_there_is_no_token(String end) {
        answers(page("second", server("alpha", "any", "tag")), page("third"), page(end, server("bravo", "any", "tag")));

        assertThat(names(fleet.select(ALL))).containsExactly("alpha", "bravo");
        verify(client).getResources(everyServer().build());
        verify(client).getResources(everyServer().paginationToken("second").build());
        verify(client).getResources(everyServer().paginationToken("third").build());
        verifyNoMoreInteractions(client);
    }

    /** Nothing else tells a held server, or the tags of a named one: the API is not asked for names. */
    @Test
    void for_servers_that_are_only_named_every_server_is_listed() {
        answers(page(null, server("alpha", "Name", "wiki"), server("charlie", "any", "tag")));

        Targets targets = fleet.select(SelectorReader.fromJson("{\"serverNames\": [\"alpha\", \"bravo\"]}"));

        assertThat(targets.servers())
                .containsExactly(
                        new Server(new ServerName("alpha"), Optional.of(arn("alpha")), Map.of("Name", "wiki")),
                        Server.named(new ServerName("bravo")));
        verify(client).getResources(everyServer().build());
        verifyNoMoreInteractions(client);
    }

    @Test
    void a_dry_run_lists_every_server_and_names_near_misses() {
        answers(page(
                null,
                server("alpha", "Backup", "nightly", "Environment", "prod"),
                server("bravo", "backup", "nightly", "Environment", "prod")));

        Preview preview = fleet.preview(NIGHTLY);

        assertThat(names(preview.targets())).containsExactly("alpha");
        assertThat(preview.nearMisses()).extracting(near -> near.name().value()).containsExactly("bravo");
        verify(client).getResources(everyServer().build());
        verifyNoMoreInteractions(client);
    }

    @Test
    void named_servers_are_looked_up_where_a_tag_could_exclude_them() {
        answers(page(null, server("alpha", "BackupHold", "")));

        Targets targets = fleet.select(SelectorReader.fromJson(
                "{\"serverNames\": [\"alpha\", \"bravo\"], \"excludeTags\": {\"BackupHold\": []}}"));

        assertThat(names(targets)).containsExactly("bravo");
        assertThat(targets.excluded()).hasSize(1);
        verify(client).getResources(everyServer().build());
    }

    @Test
    void what_the_api_leaves_empty_does_no_harm() {
        ResourceTagMapping nameless = ResourceTagMapping.builder()
                .tags(Tag.builder().key("any").build())
                .build();
        answers(page(null, nameless));

        assertThat(fleet.select(ALL).skipped()).containsExactly(new SkippedResource("", "not a server"));
    }

    private void answers(GetResourcesResponse first, GetResourcesResponse... next) {
        when(client.getResources(any(GetResourcesRequest.class))).thenReturn(first, next);
    }
}
