package dev.serverbackup.audit.dynamodb;

import static dev.serverbackup.audit.dynamodb.Attributes.*;
import static java.util.Comparator.reverseOrder;

import dev.serverbackup.audit.Target;
import dev.serverbackup.request.ServerName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A run's targets within one item's 400 KB: {@code targets} maps each name to the end of its ARN, and {@code arnForm}
 * is the beginning of most ARNs, with {@code {name}} for the name; an ARN of another form is kept whole. 4,000 targets
 * with names of 40 characters take 330 KB; as whole ARNs they would take 500.
 */
final class TargetsAttribute {
    private static final String TARGETS = "targets";
    private static final String ARN_FORM = "arnForm";
    private static final String NAME = "{name}";
    private static final String WHOLE = "arn:";

    private TargetsAttribute() {}

    static Map<String, AttributeValue> of(List<Target> targets) {
        Map<String, AttributeValue> attributes = new HashMap<>();
        Optional<String> form = mostCommonForm(targets);
        form.ifPresent(text -> attributes.put(ARN_FORM, s(text)));
        Map<String, AttributeValue> ends = new HashMap<>();
        for (Target target : targets) {
            ends.put(target.name().value(), end(target, form.orElse("")));
        }
        attributes.put(TARGETS, AttributeValue.fromM(ends));
        return attributes;
    }

    /**
     * A run may have EC2 instances and other managed nodes. If two forms are equally common, the first in alphabetical
     * order.
     */
    private static Optional<String> mostCommonForm(List<Target> targets) {
        Map<String, Long> counts = targets.stream()
                .flatMap(TargetsAttribute::form)
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        return counts.entrySet().stream()
                .max(Map.Entry.<String, Long>comparingByValue().thenComparing(Map.Entry.comparingByKey(reverseOrder())))
                .map(Map.Entry::getKey);
    }

    static List<Target> read(Map<String, AttributeValue> item) {
        String form = text(item, ARN_FORM).orElse("");
        List<Target> targets = new ArrayList<>();
        item.get(TARGETS).m().forEach((name, end) -> targets.add(target(new ServerName(name), end, form)));
        targets.sort((one, other) -> one.name().compareTo(other.name()));
        return targets;
    }

    /** {@code arn:…:server/web-1/uuid} gives {@code arn:…:server/{name}}. */
    private static java.util.stream.Stream<String> form(Target target) {
        String marked = "/" + target.name();
        return target.arn().stream()
                .filter(arn -> arn.contains(marked))
                .map(arn -> arn.substring(0, arn.indexOf(marked)) + "/" + NAME);
    }

    private static AttributeValue end(Target target, String form) {
        if (target.arn().isEmpty()) {
            return AttributeValue.fromNul(true);
        }
        String arn = target.arn().get();
        String start = form.replace(NAME, target.name().value());
        boolean shortens = !form.isEmpty() && arn.startsWith(start) && !arn.startsWith(WHOLE, start.length());
        return s(shortens ? arn.substring(start.length()) : arn);
    }

    private static Target target(ServerName name, AttributeValue end, String form) {
        if (end.type() == AttributeValue.Type.NUL) {
            return new Target(name, Optional.empty());
        }
        String start = end.s().startsWith(WHOLE) ? "" : form.replace(NAME, name.value());
        return new Target(name, Optional.of(start + end.s()));
    }
}
