package dev.serverbackup.local.systemsmanager;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.Yaml;

/**
 * A Systems Manager document of schema 2.2 with one {@code aws:runShellScript} step.
 *
 * @param patterns what each parameter may be: its {@code allowedPattern}, or one of its {@code allowedValues}
 * @param defaults of those that may be left out
 */
public record ShellDocument(
        String name, String version, Map<String, Pattern> patterns, Map<String, String> defaults, String script) {

    /** A parameter that the document does not have, does not allow, or needs. */
    public static final class InvalidParametersException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        InvalidParametersException(String message) {
            super(message);
        }
    }

    /** Reads the document in a file, which is its first version. */
    public static ShellDocument read(String name, Path file) {
        try (InputStream content = Files.newInputStream(file)) {
            Map<?, ?> root = new Yaml().load(content);
            if (!"2.2".equals(root.get("schemaVersion"))) {
                throw new IllegalArgumentException(file + " is not of schema 2.2");
            }
            var patterns = new TreeMap<String, Pattern>();
            var defaults = new TreeMap<String, String>();
            ((Map<?, ?>) root.get("parameters")).forEach((parameter, of) -> {
                var rules = (Map<?, ?>) of;
                patterns.put((String) parameter, allowed(rules));
                if (rules.get("default") instanceof String otherwise) {
                    defaults.put((String) parameter, otherwise);
                }
            });
            return new ShellDocument(name, "1", patterns, defaults, script(root));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Pattern allowed(Map<?, ?> rules) {
        return rules.get("allowedValues") instanceof List<?> values
                ? Pattern.compile(String.join(
                        "|",
                        values.stream().map(String::valueOf).map(Pattern::quote).toList()))
                : Pattern.compile((String) rules.get("allowedPattern"));
    }

    private static String script(Map<?, ?> root) {
        var steps = (List<?>) root.get("mainSteps");
        var inputs = (Map<?, ?>) ((Map<?, ?>) steps.getFirst()).get("inputs");
        return String.join(
                "\n",
                ((List<?>) inputs.get("runCommand"))
                        .stream().map(String.class::cast).toList());
    }

    /** The names of its parameters. */
    public Set<String> parameters() {
        return patterns.keySet();
    }

    /**
     * The script as the agent runs it: parameters are put in as text.
     *
     * @throws InvalidParametersException as {@code SendCommand} refuses them
     */
    public String rendered(Map<String, List<String>> given) {
        var values = new TreeMap<>(defaults);
        given.forEach((parameter, value) -> values.put(parameter, String.join(",", value)));
        var rendered = script;
        for (var value : values.entrySet()) {
            var pattern = patterns.get(value.getKey());
            if (pattern == null) {
                throw new InvalidParametersException("there is no parameter " + value.getKey());
            }
            if (!pattern.matcher(value.getValue()).matches()) {
                throw new InvalidParametersException(value.getKey() + " does not match " + pattern);
            }
            rendered = rendered.replace("{{ " + value.getKey() + " }}", value.getValue());
        }
        if (!values.keySet().containsAll(patterns.keySet())) {
            throw new InvalidParametersException("a parameter is missing: of " + patterns.keySet());
        }
        return rendered;
    }
}
