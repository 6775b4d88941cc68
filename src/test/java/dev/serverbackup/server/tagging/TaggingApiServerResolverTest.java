package dev.serverbackup.server.tagging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoMoreInteractions;
import static org.mockito.Mockito.when;

import dev.serverbackup.request.SelectorReader;
import dev.serverbackup.request.ServerName;
import dev.serverbackup.request.TagSelector;
import dev.serverbackup.server.Preview;
import dev.serverbackup.server.Server;
import dev.serverbackup.server.ServerKind;
import dev.serverbackup.server.ServersUnavailableException;
import dev.serverbackup.server.SkippedResource;
import dev.serverbackup.server.Targets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.resourcegroupstaggingapi.ResourceGroupsTaggingApiClient;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.GetResourcesRequest;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.GetResourcesResponse;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.ResourceTagMapping;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.Tag;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.TagFilter;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.ThrottledException;

class TaggingApiServerResolverTest {
    private static final TagSelector NIGHTLY =
            SelectorReader.fromJson("{\"tags\": {\"Backup\": [\"nightly\", \"hourly\"], \"Environment\": []}}");
    private static final TagSelector ALL =
            SelectorReader.fromJson("{\"all\": true, \"excludeTags\": {\"BackupHold\": []}}");
    private static final Map<String, String> ANY = Map.of("any", "tag");

    private final ResourceGroupsTaggingApiClient client = mock(ResourceGroupsTaggingApiClient.class);
    private final TaggingApiServerResolver fleet = new TaggingApiServerResolver(client, ServerKind.OPSWORKS_CM);

    private static GetResourcesResponse page(String next, ResourceTagMapping... servers) {
        return GetResourcesResponse.builder()
                .paginationToken(next)
                .resourceTagMappingList(servers)
                .build();
    }

    private static ResourceTagMapping server(String name, Map<String, String> tags) {
        return resource(arn(name), tags);
    }

    private static ResourceTagMapping resource(String arn, Map<String, String> tags) {
        List<Tag> pairs = tags.entrySet().stream()
                .map(tag ->
                        Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
        return ResourceTagMapping.builder().resourceARN(arn).tags(pairs).build();
    }

    private static String arn(String name) {
        return "arn:aws:opsworks-cm:eu-central-1:123456789012:server/" + name + "/8epp7f6z-e91f-4z10-89z5-8c6219cdb09f";
    }

    private static List<String> names(Targets targets) {
        return targets.servers().stream().map(each -> each.name().value()).toList();
    }

    private void answers(GetResourcesResponse first, GetResourcesResponse... next) {
        when(client.getResources(any(GetResourcesRequest.class))).thenReturn(first, next);
    }

    private static GetResourcesRequest.Builder everyServer() {
        return GetResourcesRequest.builder()
                .resourceTypeFilters("opsworks-cm:server")
                .resourcesPerPage(100)
                .tagFilters(List.of());
    }

    private void assertAsked(GetResourcesRequest.Builder... requests) {
        for (GetResourcesRequest.Builder request : requests) {
            verify(client).getResources(request.build());
        }
        verifyNoMoreInteractions(client);
    }

    @Test
    void the_api_is_asked_for_servers_with_these_tags_and_the_exact_rule_applied_to_its_answer() {
        answers(page(
                null,
                server("alpha", Map.of("Backup", "nightly", "Environment", "prod")),
                server("bravo", Map.of("Backup", "Nightly", "Environment", "prod")),
                server("charlie", Map.of("Backup", "nightly"))));

        assertThat(fleet.select(NIGHTLY).servers())
                .containsExactly(new Server(
                        new ServerName("alpha"),
                        Optional.of(arn("alpha")),
                        Map.of("Backup", "nightly", "Environment", "prod")));
        assertAsked(everyServer()
                .tagFilters(
                        TagFilter.builder()
                                .key("Backup")
                                .values("hourly", "nightly")
                                .build(),
                        TagFilter.builder().key("Environment").build()));
    }

    /** One listing of both: a listing of each would be two views of the tags. */
    @Test
    void for_managed_nodes_it_is_asked_for_instances_of_ec2_and_for_machines_elsewhere() {
        String ec2 = "arn:aws:ec2:eu-central-1:123456789012:instance/i-0123456789abcdef0";
        String elsewhere = "arn:aws:ssm:eu-central-1:123456789012:managed-instance/mi-0123456789abcdef0";
        answers(page(null, resource(ec2, ANY), resource(elsewhere, ANY)));

        assertThat(new TaggingApiServerResolver(client, ServerKind.MANAGED_NODE)
                        .select(ALL)
                        .servers())
                .containsExactly(
                        new Server(new ServerName("i-0123456789abcdef0"), Optional.of(ec2), ANY),
                        new Server(new ServerName("mi-0123456789abcdef0"), Optional.of(elsewhere), ANY));
        assertAsked(everyServer().resourceTypeFilters("ec2:instance", "ssm:managed-instance"));
    }

    @Test
    void more_values_than_the_api_takes_are_asked_for_by_their_key() {
        answers(page(null, server("alpha", Map.of("Backup", "v20")), server("bravo", Map.of("Backup", "v21"))));
        String values =
                IntStream.range(0, 21).mapToObj(each -> "\"v" + each + "\"").collect(Collectors.joining(","));

        Targets targets = fleet.select(SelectorReader.fromJson("{\"tags\": {\"Backup\": [" + values + "]}}"));

        assertThat(names(targets)).containsExactly("alpha");
        assertAsked(everyServer().tagFilters(TagFilter.builder().key("Backup").build()));
    }

    @ParameterizedTest
    @NullAndEmptySource
    void without_tag_conditions_every_server_is_asked_for_until_there_is_no_token(String end) {
        answers(page("second", server("alpha", ANY)), page("third"), page(end, server("bravo", ANY)));

        assertThat(names(fleet.select(ALL))).containsExactly("alpha", "bravo");
        assertAsked(
                everyServer(),
                everyServer().paginationToken("second"),
                everyServer().paginationToken("third"));
    }

    /** Nothing else tells a held server, or the tags of a named one: the API is not asked for names. */
    @Test
    void for_servers_that_are_only_named_every_server_is_listed() {
        answers(page(
                null,
                server("alpha", Map.of("Name", "wiki")),
                server("charlie", ANY),
                server("delta", Map.of("BackupHold", ""))));

        Targets targets = fleet.select(SelectorReader.fromJson("""
            {"serverNames": ["alpha", "bravo", "delta"], "excludeTags": {"BackupHold": []}}\
            """));

        assertThat(targets.servers())
                .containsExactly(
                        new Server(new ServerName("alpha"), Optional.of(arn("alpha")), Map.of("Name", "wiki")),
                        Server.named(new ServerName("bravo")));
        assertThat(targets.excluded()).hasSize(1);
        assertAsked(everyServer());
    }

    @Test
    void a_dry_run_lists_every_server_and_names_near_misses() {
        answers(page(
                null,
                server("alpha", Map.of("Backup", "nightly", "Environment", "prod")),
                server("bravo", Map.of("backup", "nightly", "Environment", "prod"))));

        Preview preview = fleet.preview(NIGHTLY);

        assertThat(names(preview.targets())).containsExactly("alpha");
        assertThat(preview.nearMisses()).extracting(near -> near.name().value()).containsExactly("bravo");
        assertAsked(everyServer());
    }

    @Test
    void what_the_api_leaves_empty_does_no_harm() {
        answers(page(
                null,
                ResourceTagMapping.builder()
                        .tags(Tag.builder().key("any").build())
                        .build()));

        assertThat(fleet.select(ALL).skipped()).containsExactly(new SkippedResource("", "not a server"));
    }

    /** Tags that could not be read whole are never taken for no match. */
    private void assertUnavailable(String why) {
        assertThatThrownBy(() -> fleet.select(ALL))
                .isInstanceOf(ServersUnavailableException.class)
                .hasMessage("the servers' tags could not be read: " + why);
    }

    private void fails(RuntimeException failure) {
        when(client.getResources(any(GetResourcesRequest.class))).thenThrow(failure);
    }

    @Test
    void a_page_that_comes_back_is_not_read_for_ever() {
        answers(page("a"), page("b"), page("a"));

        assertUnavailable("the service returned the same page twice");
        verify(client, times(3)).getResources(any(GetResourcesRequest.class));
    }

    @Test
    void a_listing_without_an_end_is_not_read_for_ever() {
        AtomicInteger token = new AtomicInteger();
        when(client.getResources(any(GetResourcesRequest.class)))
                .thenAnswer(_ -> page("token" + token.incrementAndGet()));

        assertUnavailable("the listing did not end after 1000 pages");
        assertThat(token).hasValue(1_000);
    }

    @Test
    void a_call_that_is_lost_on_a_later_page_is_never_a_part_of_the_answer() {
        when(client.getResources(any(GetResourcesRequest.class)))
                .thenReturn(page("second", server("alpha", ANY)))
                .thenThrow(ApiCallTimeoutException.create(1_000));

        assertThatThrownBy(() -> fleet.select(ALL))
                .isInstanceOf(ServersUnavailableException.class)
                .hasCauseInstanceOf(ApiCallTimeoutException.class);
    }

    @Test
    void an_answer_without_a_list_a_refusal_and_one_that_could_not_be_read_are_never_no_match() {
        answers(GetResourcesResponse.builder().build());
        assertUnavailable("the response has no list of resources");

        fails(ThrottledException.builder().message("slow\ndown").build());
        assertUnavailable("slow\\u000Adown");

        fails(SdkClientException.create("unexpected end"));
        assertUnavailable("unexpected end");
    }

    @Test
    void an_interrupt_is_still_heard_afterwards() {
        fails(AbortedException.create("interrupted"));

        assertUnavailable("interrupted");
        assertThat(Thread.interrupted()).isTrue();
    }
}
