package dev.serverbackup;

import dev.serverbackup.local.dynamodb.TemplateSection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A function as {@code template.yaml} declares it.
 *
 * @param name the logical one
 */
record FunctionTemplate(String name, Deployed stack) {
    static final TemplateSection PARAMETERS = Deployed.TEMPLATE.section("Parameters");

    /** The run's, with all that it may be given. */
    static FunctionTemplate runOn(String backend) {
        return new FunctionTemplate("BackupFunction", Deployed.inFullOn(backend));
    }

    /** The follow-up's, with all that it may be given. */
    static FunctionTemplate followUpOn(String backend) {
        return new FunctionTemplate("FollowUpFunction", Deployed.inFullOn(backend));
    }

    static Stream<FunctionTemplate> all() {
        return Stream.of(Deployed.OPSWORKS_CM, Deployed.SYSTEMS_MANAGER)
                .flatMap(backend -> Stream.of(runOn(backend), followUpOn(backend)));
    }

    TemplateSection properties() {
        return stack.properties(name);
    }

    /** The content of the functions' settings, line by line. */
    List<String> settingsLines() {
        var content = stack.properties("Settings").section("Content").values();
        var parts = (List<?>) content.get("Fn::Sub");
        var further = (Map<?, ?>) ((Map<?, ?>) parts.getLast()).get("OfTheBackend");
        return parts.getFirst()
                .toString()
                .replace("${OfTheBackend}", further.get("Fn::Sub").toString())
                .lines()
                .toList();
    }

    /** What all functions have, and in its place what the function says of its own. */
    Map<String, Object> variables() {
        Map<String, Object> own =
                properties().values().containsKey("Environment") ? variablesIn(properties()) : Map.of();
        return merged(variablesIn(stack.globals()), own);
    }

    /** What the function is given by a stack whose parameters, but for the stack's own, are as they are by default. */
    Map<String, String> environment() {
        Map<String, String> given = new TreeMap<>();
        variables().forEach((name, value) -> given.put(name, stack.written(value)));
        return given;
    }

    /** The parameter that {@code !Ref} gives a variable. */
    static Optional<String> parameterOf(Object value) {
        return value instanceof Map<?, ?> reference && reference.get("Ref") instanceof String name
                ? Optional.of(name).filter(PARAMETERS.values()::containsKey)
                : Optional.empty();
    }

    static Map<String, Object> merged(Map<String, Object> some, Map<String, Object> others) {
        Map<String, Object> all = new TreeMap<>(some);
        all.putAll(others);
        return all;
    }

    private static Map<String, Object> variablesIn(TemplateSection function) {
        return function.section("Environment").section("Variables").values();
    }

    @Override
    public String toString() {
        return name + " on " + stack.parameters().get("BackupBackend");
    }
}
