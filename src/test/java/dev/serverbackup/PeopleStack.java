package dev.serverbackup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serverbackup.local.dynamodb.TemplateSection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import software.amazon.event.ruler.Ruler;

/**
 * {@code deploy/notifications.yaml} as it is deployed, and what its rules make of an event: EventBridge's own matcher, and
 * input transformers as the EventBridge user guide describes them. A variable that stands alone is put in as JSON; one in
 * the midst of a text is put in as it is, since EventBridge does not escape it there.
 */
record PeopleStack(Deployed stack) {
    private static final TemplateSection TEMPLATE = TemplateSection.read(Path.of("deploy/notifications.yaml"));
    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern TOKEN = Pattern.compile("\\\\.|\"|<([A-Za-z0-9]+)>");
    private static final Pattern INDEX = Pattern.compile("\\[([0-9]+)]");

    /** With everything that can be set, and these parameters. */
    static PeopleStack inFull(Map<String, String> others) {
        Map<String, String> given = new LinkedHashMap<>(Map.of(
                "Mail", "operations@example.com",
                "SlackWebhookUrl", "https://hooks.slack.example/services/T0/B0/x",
                "TeamsWebhookUrl", "https://teams.example/workflows/0/triggers/manual/paths/invoke?sig=x",
                "PagerDutyRoutingKey", "0123456789abcdef0123456789abcdef",
                "HeartbeatUrl", "https://hc.example/ping/0"));
        given.putAll(others);
        return new PeopleStack(new Deployed(TEMPLATE, given));
    }

    /** With these parameters alone. */
    static PeopleStack with(Map<String, String> given) {
        return new PeopleStack(new Deployed(TEMPLATE, given));
    }

    /** A body on its way to a target. */
    record Delivery(String target, String body) {}

    List<Delivery> deliveries(JsonNode event) {
        TemplateSection resources = stack.resources();
        return resources.values().keySet().stream()
                .map(resources::section)
                .filter(resource -> resource.text("Type").equals("AWS::Events::Rule"))
                .map(rule -> rule.section("Properties"))
                .filter(rule -> matches(event, plain(rule.values().get("EventPattern"))))
                .flatMap(rule -> rule.sections("Targets").stream())
                .map(target -> delivery(target, event))
                .toList();
    }

    private static boolean matches(JsonNode event, Object pattern) {
        try {
            return Ruler.matchesRule(event.toString(), JSON.writeValueAsString(pattern));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** The same value with references by what they refer to. */
    private Object plain(Object value) {
        return switch (value) {
            case Map<?, ?> reference
            when reference.containsKey("Ref") || reference.containsKey("Fn::Sub") -> stack.written(reference);
            case Map<?, ?> map -> {
                Map<String, Object> members = new LinkedHashMap<>();
                map.forEach((name, member) -> members.put(name.toString(), plain(member)));
                yield members;
            }
            case List<?> list -> list.stream().map(this::plain).toList();
            default -> value;
        };
    }

    private Delivery delivery(TemplateSection target, JsonNode event) {
        String name = target.text("Id");
        TemplateSection transformer = target.section("InputTransformer");
        String body = filled(
                template(transformer.values().get("InputTemplate")),
                transformer.section("InputPathsMap").values(),
                event);
        return new Delivery(name, name.equals("Mail") ? body : withParametersOfConnection(name, body));
    }

    private String template(Object value) {
        if (value instanceof Map<?, ?> map && map.get("Fn::FindInMap") instanceof List<?> path) {
            return TEMPLATE.section("Mappings")
                    .section(path.get(0).toString())
                    .section(path.get(1).toString())
                    .text(path.get(2).toString());
        }
        return value.toString();
    }

    private static String filled(String template, Map<String, Object> paths, JsonNode event) {
        StringBuilder filled = new StringBuilder();
        Matcher token = TOKEN.matcher(template);
        boolean inText = false;
        while (token.find()) {
            String put = token.group();
            if (put.equals("\"")) {
                inText = !inText;
            } else if (token.group(1) != null) {
                JsonNode value = event.at(pointer(paths.get(token.group(1)).toString()));
                put = inText ? value.asText() : value.toString();
            }
            token.appendReplacement(filled, Matcher.quoteReplacement(put));
        }
        return token.appendTail(filled).toString();
    }

    private static String pointer(String path) {
        return INDEX.matcher(path.substring(1)).replaceAll("/$1").replace('.', '/');
    }

    /** A connection adds its parameters to a body that is a JSON object. EventBridge writes it in one line. */
    private String withParametersOfConnection(String destination, String body) {
        try {
            ObjectNode object = (ObjectNode) JSON.readTree(body);
            String connection =
                    attributed(stack.properties(destination).values().get("ConnectionArn"));
            parameters(connection)
                    .forEach(parameter -> object.put(
                            parameter.text("Key"),
                            stack.written(parameter.values().get("Value"))));
            return JSON.writeValueAsString(object);
        } catch (IOException e) {
            throw new UncheckedIOException(body, e);
        }
    }

    private Stream<TemplateSection> parameters(String connection) {
        TemplateSection auth = stack.properties(connection).section("AuthParameters");
        return auth.values().containsKey("InvocationHttpParameters")
                ? auth.section("InvocationHttpParameters").sections("BodyParameters").stream()
                : Stream.empty();
    }

    /** The resource of which a value is the attribute {@code Arn}. */
    private static String attributed(Object value) {
        Object of = ((Map<?, ?>) value).get("Fn::GetAtt");
        return of instanceof List<?> list
                ? list.getFirst().toString()
                : of.toString().replaceAll("[.].*", "");
    }
}
