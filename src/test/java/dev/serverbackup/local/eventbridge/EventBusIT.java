package dev.serverbackup.local.eventbridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.serverbackup.local.Clients;
import dev.serverbackup.local.LocalAws;
import dev.serverbackup.local.fleet.Fleet;
import dev.serverbackup.local.http.CallPattern;
import dev.serverbackup.local.http.Fault;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.InstantSource;
import java.util.Collections;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.EventBridgeException;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResultEntry;

/** EventBridge as the real SDK client, and plain HTTP, see it. */
class EventBusIT {
    private static final CallPattern PUT = CallPattern.of("PutEvents");

    private final EventBus bus = new EventBus(InstantSource.system());
    private final LocalAws aws = LocalAws.started(Fleet.of(), InstantSource.system(), bus);
    private final EventBridgeClient client = Clients.eventBridge(aws.endpoint());

    @AfterEach
    void stop() {
        client.close();
        aws.close();
    }

    private static PutEventsRequestEntry event(String source) {
        return PutEventsRequestEntry.builder()
                .source(source)
                .detailType("Done")
                .detail("{\"text\":\"grüezi 😀 \\u0000\"}")
                .build();
    }

    @Test
    void the_client_is_told_of_each_entry_whether_it_was_accepted() {
        bus.refuse(event -> event.source().equals("acme.b"), EntryError.INTERNAL_FAILURE);

        var answer = client.putEvents(put -> put.entries(event("acme.a"), event("acme.b"), event("acme.c")));

        assertThat(answer.failedEntryCount()).isEqualTo(1);
        assertThat(answer.entries())
                .extracting(PutEventsResultEntry::errorCode)
                .containsExactly(null, "InternalFailure", null);
        assertThat(bus.events())
                .extracting(BusEvent::id)
                .containsExactly(
                        answer.entries().getFirst().eventId(),
                        answer.entries().getLast().eventId());
    }

    @Test
    void a_detail_arrives_as_it_was_sent() {
        client.putEvents(put -> put.entries(event("acme")));

        BusEvent arrived = bus.events().getFirst();
        assertThat(arrived.detail()).isEqualTo("{\"text\":\"grüezi 😀 \\u0000\"}");
        assertThat(arrived.parsedDetail().get("text").textValue()).isEqualTo("grüezi 😀 \0");
    }

    @Test
    void too_many_entries_are_an_exception_of_the_client() {
        assertThatExceptionOfType(EventBridgeException.class)
                .isThrownBy(() -> client.putEvents(put -> put.entries(Collections.nCopies(11, event("acme")))))
                .satisfies(refused ->
                        assertThat(refused.awsErrorDetails().errorCode()).isEqualTo("ValidationException"));
    }

    @Test
    void a_whole_call_can_fail_with_and_without_effect() {
        aws.faults().next(1, PUT, Fault.unavailable());
        aws.faults().next(1, PUT, Fault.unavailableAfterEffect());

        assertThatExceptionOfType(EventBridgeException.class)
                .isThrownBy(() -> client.putEvents(put -> put.entries(event("acme.lost"))));
        assertThatExceptionOfType(EventBridgeException.class)
                .isThrownBy(() -> client.putEvents(put -> put.entries(event("acme.sent"))));

        assertThat(bus.events()).extracting(BusEvent::source).containsExactly("acme.sent");
    }

    @Test
    void plain_http_does() throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(aws.endpoint())
                    .header("X-Amz-Target", "AWSEvents.PutEvents")
                    .header("Content-Type", "application/x-amz-json-1.1")
                    .POST(BodyPublishers.ofString(
                            "{\"Entries\":[{\"Source\":\"acme\",\"DetailType\":\"Done\",\"Detail\":\"{}\"}]}"))
                    .build();

            var answer = http.send(request, BodyHandlers.ofString());

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body())
                    .isEqualTo("{\"Entries\":[{\"EventId\":\"%s\"}],\"FailedEntryCount\":0}"
                            .formatted(bus.events().getFirst().id()));
        }
    }
}
