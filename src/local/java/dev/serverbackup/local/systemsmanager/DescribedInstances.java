package dev.serverbackup.local.systemsmanager;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serverbackup.local.http.AwsError;
import dev.serverbackup.local.http.AwsErrorType;
import dev.serverbackup.local.http.InputReader;
import dev.serverbackup.local.http.Range;
import dev.serverbackup.local.http.Text;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Instances as Systems Manager tells of them: its own view, and EC2's. Filters are by id alone. Its own view comes by
 * pages; the size of a page, where none is asked for, is our own choice.
 */
record DescribedInstances(RunCommand commands) {
    private static final Text ANY = Text.of(0, 1_000);
    private static final Range FILTERS = new Range(0, 5);
    private static final Range PAGE = new Range(5, 50);
    private static final int USUAL_PAGE = 10;
    private static final Range IDS = new Range(1, 100);

    /** {@code DescribeInstanceInformation}: those that are managed now. */
    ObjectNode information(InputReader input) {
        var asked = asked(input, "Filters", "Key", "Values");
        var size = input.integer("MaxResults", PAGE).orElse(USUAL_PAGE);
        var from = input.optional("NextToken", Text.of(0, 10).matching("[0-9]*"))
                .filter(token -> !token.isEmpty())
                .map(Integer::parseInt)
                .orElse(0);
        input.verify(AwsErrorType.VALIDATION);
        var output = JsonNodeFactory.instance.objectNode();
        var list = output.putArray("InstanceInformationList");
        var found = shown(asked, one -> one.standing().ping().isPresent()).toList();
        found.stream()
                .skip(from)
                .limit(size)
                .forEach(one -> list.addObject()
                        .put("InstanceId", one.id())
                        .put("PingStatus", one.standing().ping().orElseThrow())
                        .put("LastPingDateTime", BigDecimal.valueOf(1_772_330_000))
                        .put("PlatformType", "Linux")
                        .put("ResourceType", one.resourceType()));
        return from + size < found.size() ? output.put("NextToken", Integer.toString(from + size)) : output;
    }

    /** {@code DescribeInstanceProperties}: those too that are not managed now. EC2 knows no state of a machine elsewhere. */
    ObjectNode properties(InputReader input) {
        var asked = asked(input, "InstancePropertyFilterList", "key", "valueSet");
        input.verify(AwsErrorType.VALIDATION);
        var output = JsonNodeFactory.instance.objectNode();
        var list = output.putArray("InstanceProperties");
        shown(asked, one -> one.standing().state().isPresent()).forEach(one -> {
            var properties = list.addObject()
                    .put("Name", one.tags().getOrDefault("Name", ""))
                    .put("InstanceId", one.id())
                    .put("PingStatus", one.standing().ping().orElse("ConnectionLost"))
                    .put("ResourceType", one.resourceType());
            one.state().ifPresent(state -> properties.put("InstanceState", state));
        });
        return output;
    }

    private static List<String> asked(InputReader input, String filters, String key, String values) {
        return input.structures(filters, FILTERS).stream()
                .filter(filter -> filter.required(key, ANY).equals("InstanceIds"))
                .flatMap(filter -> filter.texts(values, IDS, SystemsManager.INSTANCE_ID).stream())
                .toList();
    }

    private Stream<Instance> shown(List<String> asked, Predicate<Instance> isShown) {
        for (var id : asked) {
            if (commands.instance(id).isEmpty()) {
                throw new AwsError(AwsErrorType.INVALID_INSTANCE_ID, "An invalid instance ID was specified: " + id);
            }
        }
        return commands.instances().stream()
                .filter(one -> asked.isEmpty() || asked.contains(one.id()))
                .filter(isShown);
    }
}
