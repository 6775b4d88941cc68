package dev.serverbackup.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serverbackup.cli.audit.Item;
import java.util.List;
import java.util.UUID;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResponse;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResultEntry;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;

/** Sends requests: an event on the bus for a run, a direct invocation for a dry run, which returns its report. */
final class Requests {
    private static final String SOURCE = "server-backup.cli";
    private static final String DETAIL_TYPE = "Server Backup Requested";
    private static final JsonMapper JSON = new JsonMapper();

    private final Connection deployment;

    Requests(Connection deployment) {
        this.deployment = deployment;
    }

    /** An id that no other request has. */
    static String newId() {
        return "cli-" + UUID.randomUUID();
    }

    /**
     * Puts the request on the default bus. Idempotent: its id names the run.
     *
     * @param detail with its {@code requestId}
     */
    void ask(ObjectNode detail) {
        deployment.stack().ifPresent(stack -> detail.put("stack", stack));
        PutEventsRequestEntry entry = PutEventsRequestEntry.builder()
                .source(SOURCE)
                .detailType(DETAIL_TYPE)
                .detail(detail.toString())
                .build();
        PutEventsResponse answer = deployment.events().putEvents(request -> request.entries(entry));
        PutEventsResultEntry result = answer.entries().getFirst();
        if (answer.failedEntryCount() > 0) {
            throw new CommandFailedException(
                    "The bus refused the request: %s (%s)".formatted(result.errorMessage(), result.errorCode()), "");
        }
    }

    /**
     * Whether a run is from the same request.
     *
     * @param row the run's own row
     */
    static boolean isOf(Item row, ObjectNode detail) {
        ObjectNode asked = detail.deepCopy();
        // They name the run and its stack, and are not part of the stored request.
        asked.remove(List.of("requestId", "stack"));
        return row.text("request").filter(text -> parsed(text).equals(asked)).isPresent();
    }

    /**
     * Makes a dry run, and returns its report.
     *
     * @throws IllegalArgumentException if the function refuses the request
     */
    JsonNode dryRun(ObjectNode detail) {
        ObjectNode event = JSON.createObjectNode();
        event.set("detail", detail.deepCopy().put("dryRun", true));
        InvokeResponse answer = deployment
                .lambda()
                .invoke(request ->
                        request.functionName(deployment.function()).payload(SdkBytes.fromUtf8String(event.toString())));
        JsonNode report = parsed(answer.payload().asUtf8String());
        if (answer.functionError() == null) {
            return report;
        }
        String message = report.path("errorMessage").asText("the function failed without a message");
        if (report.path("errorType").asText().endsWith("InvalidRequestException")) {
            throw new IllegalArgumentException("The request is refused: " + message);
        }
        throw new CommandFailedException(
                "The function failed: " + message, "Its log group has more: docs/runbook.md says how to read it.");
    }

    private static JsonNode parsed(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new CommandFailedException("The function's answer is not JSON: " + e.getOriginalMessage(), "");
        }
    }
}
