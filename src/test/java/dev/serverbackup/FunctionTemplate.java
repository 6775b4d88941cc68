package dev.serverbackup;

import dev.serverbackup.local.dynamodb.TemplateSection;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A function as {@code template.yaml} declares it.
 *
 * @param name the logical one
 */
record FunctionTemplate(String name) {
    static final FunctionTemplate RUN = new FunctionTemplate("BackupFunction");
    static final FunctionTemplate FOLLOW_UP = new FunctionTemplate("FollowUpFunction");

    private static final TemplateSection TEMPLATE = TemplateSection.read(Path.of("template.yaml"));
    static final TemplateSection PARAMETERS = TEMPLATE.section("Parameters");

    TemplateSection properties() {
        return properties(name);
    }

    /** The content of the function's settings, line by line. */
    TemplateSection settings() {
        return properties(name + "Settings").section("Content");
    }

    /** What all functions have, and in its place what the function says of its own. */
    Map<String, Object> variables() {
        Map<String, Object> own =
                properties().values().containsKey("Environment") ? variablesIn(properties()) : Map.of();
        return merged(variablesIn(TEMPLATE.section("Globals").section("Function")), own);
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

    private static TemplateSection properties(String resource) {
        return TEMPLATE.section("Resources").section(resource).section("Properties");
    }

    private static Map<String, Object> variablesIn(TemplateSection function) {
        return function.section("Environment").section("Variables").values();
    }
}
