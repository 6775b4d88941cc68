package dev.serverbackup.server.tagging;

import static dev.serverbackup.server.tagging.TaggingAnswers.page;
import static dev.serverbackup.server.tagging.TaggingAnswers.server;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import dev.serverbackup.request.SelectorReader;
import dev.serverbackup.request.TagSelector;
import dev.serverbackup.server.ServerKind;
import dev.serverbackup.server.ServersUnavailableException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.resourcegroupstaggingapi.ResourceGroupsTaggingApiClient;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.GetResourcesRequest;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.GetResourcesResponse;
import software.amazon.awssdk.services.resourcegroupstaggingapi.model.ThrottledException;

/** Tags that could not be read whole are never taken for no match. */
class TagsUnavailableTest {
    private static final TagSelector ALL =
            SelectorReader.fromJson("{\"all\": true, \"excludeTags\": {\"BackupHold\": []}}");

    private final ResourceGroupsTaggingApiClient client = mock(ResourceGroupsTaggingApiClient.class);
    private final TaggingApiServerResolver fleet = new TaggingApiServerResolver(client, ServerKind.OPSWORKS_CM);

    @Test
    void a_page_that_comes_back_is_not_read_for_ever() {
        answers(page("a"), page("b"), page("a"));

        assertUnavailable("the servers' tags could not be read: the same page was offered twice");
        verify(client, times(3)).getResources(any(GetResourcesRequest.class));
    }

    @Test
    void a_listing_without_an_end_is_not_read_for_ever() {
        AtomicInteger token = new AtomicInteger();
        when(client.getResources(any(GetResourcesRequest.class)))
                .thenAnswer(_ -> page("token" + token.incrementAndGet()));

        assertUnavailable("the servers' tags could not be read: no end after 1000 pages");
        assertThat(token).hasValue(1_000);
    }

    @Test
    void a_refused_call_is_never_no_match() {
        when(client.getResources(any(GetResourcesRequest.class)))
                .thenThrow(ThrottledException.builder().message("slow\ndown").build());

        assertUnavailable("the servers' tags could not be read: slow\\u000Adown");
    }

    @Test
    void a_call_that_is_lost_on_a_later_page_is_never_a_part_of_the_answer() {
        when(client.getResources(any(GetResourcesRequest.class)))
                .thenReturn(page("second", server("alpha", "any", "tag")))
                .thenThrow(ApiCallTimeoutException.create(1_000));

        assertThatThrownBy(() -> fleet.select(ALL))
                .isInstanceOf(ServersUnavailableException.class)
                .hasCauseInstanceOf(ApiCallTimeoutException.class);
    }

    @Test
    void an_answer_that_could_not_be_read_is_never_no_match() {
        when(client.getResources(any(GetResourcesRequest.class)))
                .thenThrow(SdkClientException.create("unexpected end"));

        assertUnavailable("the servers' tags could not be read: unexpected end");
    }

    @Test
    void an_answer_without_a_list_is_never_no_match() {
        answers(GetResourcesResponse.builder().build());

        assertUnavailable("the servers' tags could not be read: the answer holds no list of resources");
    }

    @Test
    void an_interrupt_is_still_heard_afterwards() {
        when(client.getResources(any(GetResourcesRequest.class))).thenThrow(AbortedException.create("interrupted"));

        assertUnavailable("the servers' tags could not be read: interrupted");
        assertThat(Thread.interrupted()).isTrue();
    }

    private void assertUnavailable(String message) {
        assertThatThrownBy(() -> fleet.select(ALL))
                .isInstanceOf(ServersUnavailableException.class)
                .hasMessage(message);
    }

    private void answers(GetResourcesResponse first, GetResourcesResponse... next) {
        when(client.getResources(any(GetResourcesRequest.class))).thenReturn(first, next);
    }
}
