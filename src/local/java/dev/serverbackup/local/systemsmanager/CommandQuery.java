package dev.serverbackup.local.systemsmanager;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serverbackup.local.http.AwsError;
import dev.serverbackup.local.http.AwsErrorType;
import dev.serverbackup.local.http.InputReader;
import dev.serverbackup.local.http.Range;
import dev.serverbackup.local.http.Text;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What {@code ListCommands} or {@code ListCommandInvocations} is asked for: a page of the newest that meet every filter.
 */
record CommandQuery(Optional<String> instance, List<Predicate<SentCommand>> filters, int from, int size) {
    private static final Text ANY = Text.of(0, 1_000);
    private static final Range PAGE = new Range(1, 50);
    private static final Range FILTERS = new Range(1, 5);

    static CommandQuery ofCommands(InputReader input) {
        return read(input, true);
    }

    /** {@code ExecutionStage} is for commands alone (Systems Manager API, {@code CommandFilter}). */
    static CommandQuery ofInvocations(InputReader input) {
        return read(input, false);
    }

    private static CommandQuery read(InputReader input, boolean stages) {
        return new CommandQuery(
                input.optional("InstanceId", SystemsManager.INSTANCE_ID),
                input.structures("Filters", FILTERS).stream()
                        .map(filter -> filter(filter.required("key", ANY), filter.required("value", ANY), stages))
                        .toList(),
                input.optional("NextToken", Text.of(0, 10).matching("[0-9]*"))
                        .filter(token -> !token.isEmpty())
                        .map(Integer::parseInt)
                        .orElse(0),
                input.integer("MaxResults", PAGE).orElse(PAGE.max()));
    }

    private static Predicate<SentCommand> filter(String key, String value, boolean stages) {
        return switch (key) {
            case "InvokedAfter" -> after(time(value));
            case "InvokedBefore" -> after(time(value)).negate();
            case "DocumentName" -> one -> one.document().name().equals(value);
            case "Status" -> one -> one.status().equals(value);
            case "ExecutionStage" -> {
                if (!stages) {
                    throw new AwsError(
                            AwsErrorType.INVALID_FILTER_KEY, "ExecutionStage is a filter of commands alone.");
                }
                yield stage(value);
            }
            default -> throw new AwsError(AwsErrorType.INVALID_FILTER_KEY, "There is no filter " + key + ".");
        };
    }

    private static Predicate<SentCommand> after(Instant time) {
        return one -> one.requestedAt().isAfter(time);
    }

    private static Predicate<SentCommand> stage(String value) {
        return switch (value) {
            case "Executing" -> SentCommand::isOpen;
            case "Complete" -> one -> !one.isOpen();
            default -> throw new AwsError(AwsErrorType.VALIDATION, "There is no execution stage " + value + ".");
        };
    }

    private static Instant time(String value) {
        try {
            return Instant.parse(value);
        } catch (DateTimeException e) {
            throw new AwsError(AwsErrorType.VALIDATION, value + " is no time.");
        }
    }

    ObjectNode page(Collection<SentCommand> newestFirst, String member, Function<SentCommand, ObjectNode> form) {
        var found = newestFirst.stream()
                .filter(one -> instance.isEmpty() || one.instanceId().equals(instance.get()))
                .filter(one -> filters.stream().allMatch(filter -> filter.test(one)))
                .toList();
        var output = JsonNodeFactory.instance.objectNode();
        var list = output.putArray(member);
        found.stream().skip(from).limit(size).map(form).forEach(list::add);
        return from + size < found.size() ? output.put("NextToken", Integer.toString(from + size)) : output;
    }
}
