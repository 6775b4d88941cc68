package dev.serverbackup.audit.dynamodb;

import static dev.serverbackup.Samples.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import dev.serverbackup.audit.AuditRepository.Replacement;
import dev.serverbackup.audit.AuditUnavailableException;
import dev.serverbackup.audit.Entry;
import dev.serverbackup.audit.RunStatus;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.stubbing.OngoingStubbing;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;
import software.amazon.awssdk.services.dynamodb.model.TransactionInProgressException;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/** Another worker's transaction on the same row is over in a moment: it is waited for, and no unavailability. */
class TransactionConflictTest {
    private static final List<Entry> TWO = List.of(pending(ALPHA), pending(BRAVO));

    private final DynamoDbClient client = mock(DynamoDbClient.class);
    private final List<Duration> pauses = new ArrayList<>();
    private final DynamoDbAuditRepository audit = new DynamoDbAuditRepository(
            client, "audit", InstantSource.fixed(TWO_O_CLOCK), new DynamoDbCalls(pauses::add));

    private static TransactionConflictException conflict() {
        return TransactionConflictException.builder().message("conflict").build();
    }

    private static TransactionCanceledException cancelled(String... codes) {
        return TransactionCanceledException.builder()
                .message("cancelled")
                .cancellationReasons(Stream.of(codes)
                        .map(code -> CancellationReason.builder().code(code).build())
                        .toList())
                .build();
    }

    private OngoingStubbing<PutItemResponse> putting() {
        return when(client.putItem(any(PutItemRequest.class)));
    }

    private OngoingStubbing<TransactWriteItemsResponse> transacting() {
        return when(client.transactWriteItems(any(TransactWriteItemsRequest.class)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"})
    void a_transaction_that_another_stood_in_the_way_of_is_sent_again(String code) {
        transacting()
                .thenThrow(cancelled("None", code))
                .thenReturn(TransactWriteItemsResponse.builder().build());

        assertThat(audit.createAll(TWO)).isEqualTo(TWO);
        assertThat(pauses).hasSize(1);
    }

    static List<RuntimeException> in_the_way() {
        return List.of(
                cancelled("TransactionConflict", "None"),
                TransactionInProgressException.builder().build());
    }

    @ParameterizedTest
    @MethodSource("in_the_way")
    void a_transaction_that_stays_in_the_way_is_written_one_by_one_after_less_than_half_a_second(RuntimeException why) {
        transacting().thenThrow(why);
        putting().thenReturn(PutItemResponse.builder().build());

        assertThat(audit.createAll(TWO)).isEqualTo(TWO);
        assertThat(pauses.stream().reduce(Duration.ZERO, Duration::plus)).isLessThan(Duration.ofMillis(500));
        verify(client, times(2)).putItem(any(PutItemRequest.class));
    }

    @Test
    void a_transaction_that_met_a_standing_entry_is_not_sent_again() {
        transacting().thenThrow(cancelled("ConditionalCheckFailed", "TransactionConflict"));
        putting().thenReturn(PutItemResponse.builder().build());

        audit.createAll(TWO);

        verify(client, times(1)).transactWriteItems(any(TransactWriteItemsRequest.class));
        assertThat(pauses).isEmpty();
    }

    @Test
    void a_claim_that_meets_a_transaction_is_written_a_moment_later() {
        putting()
                .thenThrow(conflict(), conflict())
                .thenReturn(PutItemResponse.builder().build());

        assertThat(audit.replace(pending(ALPHA), claimed(ALPHA))).isEqualTo(new Replacement.Replaced(claimed(ALPHA)));

        assertThat(pauses).containsExactly(Duration.ofMillis(25), Duration.ofMillis(50));
    }

    @Test
    void an_update_that_meets_a_transaction_is_written_a_moment_later() {
        when(client.updateItem(any(UpdateItemRequest.class)))
                .thenThrow(conflict())
                .thenReturn(UpdateItemResponse.builder().build());

        audit.finish(run(ALPHA).standing(RunStatus.FAILED, Map.of()));

        verify(client, times(2)).updateItem(any(UpdateItemRequest.class));
    }

    @Test
    void a_conflict_that_does_not_end_is_unavailability() {
        putting().thenThrow(conflict());

        assertThatThrownBy(() -> audit.create(pending(ALPHA))).isInstanceOf(AuditUnavailableException.class);

        verify(client, times(5)).putItem(any(PutItemRequest.class));
    }
}
