package dev.serverbackup.local.systemsmanager;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A command to one instance. Immutable.
 *
 * @param details the status in finer words, such as {@code ExecutionTimedOut}
 * @param code of the shell; -1 before it has ended
 */
public record SentCommand(
        String id,
        String instanceId,
        ShellDocument document,
        String comment,
        Map<String, List<String>> parameters,
        Instant requestedAt,
        String status,
        String details,
        int code,
        String output,
        String complaints) {
    /** What {@code GetCommandInvocation} keeps of each stream. */
    private static final int MOST_OUTPUT = 24_000;

    private static final int MOST_COMPLAINTS = 8_000;

    /** What {@code ListCommandInvocations} keeps of both streams together, and what it puts between them. */
    private static final int MOST_LISTED = 2_500;

    private static final String ERRORS = "\n----------ERROR-------\n";

    SentCommand now(String newStatus, String newDetails) {
        return new SentCommand(
                id,
                instanceId,
                document,
                comment,
                parameters,
                requestedAt,
                newStatus,
                newDetails,
                code,
                output,
                complaints);
    }

    SentCommand ended(Shell.Ended how) {
        String end = how.code() == 0 ? "Success" : "Failed";
        return new SentCommand(
                id,
                instanceId,
                document,
                comment,
                parameters,
                requestedAt,
                end,
                end,
                how.code(),
                first(how.output(), MOST_OUTPUT),
                first(how.complaints(), MOST_COMPLAINTS));
    }

    private static String first(String text, int most) {
        return text.substring(0, Math.min(most, text.length()));
    }

    boolean isOpen() {
        return status.equals("Pending") || status.equals("InProgress");
    }

    /** As {@code SendCommand} and {@code ListCommands} answer it. */
    ObjectNode command() {
        ObjectNode shown = common();
        shown.putArray("InstanceIds").add(instanceId);
        ObjectNode given = shown.putObject("Parameters");
        parameters.forEach((name, values) -> values.forEach(given.putArray(name)::add));
        return shown;
    }

    /** As {@code ListCommandInvocations} answers it. */
    ObjectNode listed(boolean details) {
        ObjectNode shown = common().put("InstanceId", instanceId);
        ArrayNode steps = shown.putArray("CommandPlugins");
        if (details) {
            steps.addObject()
                    .put("Name", document.name())
                    .put("Status", status)
                    .put("StatusDetails", details())
                    .put("ResponseCode", code)
                    .put("Output", first(complaints.isEmpty() ? output : output + ERRORS + complaints, MOST_LISTED));
        }
        return shown;
    }

    /** As {@code GetCommandInvocation} answers it. */
    ObjectNode invocation() {
        return common().put("InstanceId", instanceId)
                .put("ResponseCode", code)
                .put("StandardOutputContent", output)
                .put("StandardErrorContent", complaints);
    }

    private ObjectNode common() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("CommandId", id)
                .put("DocumentName", document.name())
                .put("DocumentVersion", document.version())
                .put("Comment", comment)
                .put("RequestedDateTime", BigDecimal.valueOf(requestedAt.toEpochMilli(), 3))
                .put("Status", status)
                .put("StatusDetails", details);
    }
}
