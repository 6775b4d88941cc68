package dev.serverbackup.local.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * The members of an input structure. A member of the wrong JSON type is refused at once with
 * {@code SerializationException}; values that fail a constraint are collected, and {@link #verify} refuses them all in
 * one message. Until then the values read are provisional: a required member that is missing reads as empty. A JSON
 * {@code null} is an absent member; members that are not asked for are ignored.
 */
public final class InputReader {

    private final ObjectNode node;
    private final String path;
    private final List<String> faults;

    private InputReader(ObjectNode node, String path, List<String> faults) {
        this.node = node;
        this.path = path;
        this.faults = faults;
    }

    /** The members of a whole input. */
    public static InputReader of(ObjectNode input) {
        return new InputReader(input, "", new ArrayList<>());
    }

    public boolean has(String member) {
        return node.hasNonNull(member);
    }

    public String required(String member, Text text) {
        if (!has(member)) {
            missing(member);
            return "";
        }
        return optional(member, text).orElseThrow();
    }

    public Optional<String> optional(String member, Text text) {
        var value = typed(member, JsonNodeType.STRING).map(JsonNode::textValue);
        value.ifPresent(read -> check(pathOf(member), read, text));
        return value;
    }

    public OptionalInt integer(String member, Range span) {
        var value = typed(member, JsonNodeType.NUMBER);
        if (value.isEmpty()) {
            return OptionalInt.empty();
        }
        var number = value.get();
        if (!number.isIntegralNumber() || !number.canConvertToInt()) {
            throw JsonTypes.mismatch(pathOf(member), number, "an Integer");
        }
        refuse(pathOf(member), "'" + number.intValue() + "' ", span.failedByValue(number.intValue()));
        return OptionalInt.of(number.intValue());
    }

    public Optional<Boolean> flag(String member) {
        return typed(member, JsonNodeType.BOOLEAN).map(JsonNode::booleanValue);
    }

    /** A list of strings; empty if absent. */
    public List<String> texts(String member, Range size, Text each) {
        var values = new ArrayList<String>();
        for (var element : elements(member, size, JsonNodeType.STRING)) {
            values.add(element.textValue());
            check(elementPath(member, values.size()), element.textValue(), each);
        }
        return List.copyOf(values);
    }

    /** A list of structures, each with its own members; empty if absent. */
    public List<InputReader> structures(String member, Range size) {
        var structures = new ArrayList<InputReader>();
        for (var element : elements(member, size, JsonNodeType.OBJECT)) {
            structures.add(
                    new InputReader((ObjectNode) element, elementPath(member, structures.size() + 1) + ".", faults));
        }
        return List.copyOf(structures);
    }

    /** A map of lists of strings; empty if absent. */
    public Map<String, List<String>> textLists(String member, Text each) {
        var lists = new TreeMap<String, List<String>>();
        typed(member, JsonNodeType.OBJECT).ifPresent(map -> {
            var entries = new InputReader((ObjectNode) map, pathOf(member) + ".", faults);
            map.fieldNames().forEachRemaining(name -> lists.put(name, entries.texts(name, Range.atLeast(0), each)));
        });
        return lists;
    }

    /** Notes that a member without which the operation makes no sense is absent. */
    public void missing(String member) {
        faults.add(
                "Value null at '%s' failed to satisfy constraint: Member must not be null".formatted(pathOf(member)));
    }

    /** Notes a fault of its own wording, such as one that concerns several members. */
    public void refuse(String fault) {
        faults.add(fault);
    }

    /** Refuses the input with all faults in one message, if there are any. */
    public void verify(AwsErrorType type) {
        if (!faults.isEmpty()) {
            var count = faults.size() == 1 ? "1 validation error" : faults.size() + " validation errors";
            throw new AwsError(type, count + " detected: " + String.join("; ", faults));
        }
    }

    private List<JsonNode> elements(String member, Range size, JsonNodeType type) {
        if (!has(member)) {
            return List.of();
        }
        var list = typed(member, JsonNodeType.ARRAY).orElseThrow();
        var shown = size.failedByLength(list.size()).isEmpty() ? "" : "'" + list + "' ";
        refuse(pathOf(member), shown, size.failedByLength(list.size()));
        var elements = new ArrayList<JsonNode>();
        for (var element : list) {
            elements.add(JsonTypes.expect(element, type, elementPath(member, elements.size() + 1)));
        }
        return elements;
    }

    private Optional<JsonNode> typed(String member, JsonNodeType type) {
        return has(member) ? Optional.of(JsonTypes.expect(node.get(member), type, pathOf(member))) : Optional.empty();
    }

    private void check(String where, String value, Text text) {
        refuse(where, text.sensitive() ? "" : "'" + value + "' ", text.failedBy(value));
    }

    private void refuse(String where, String shownValue, List<String> constraints) {
        for (var constraint : constraints) {
            faults.add("Value %sat '%s' failed to satisfy constraint: %s".formatted(shownValue, where, constraint));
        }
    }

    private String pathOf(String member) {
        return path + Character.toLowerCase(member.charAt(0)) + member.substring(1);
    }

    private String elementPath(String member, int position) {
        return pathOf(member) + "." + position + ".member";
    }
}
