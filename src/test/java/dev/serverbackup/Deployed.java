package dev.serverbackup;

import dev.serverbackup.local.dynamodb.TemplateSection;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A template as it is deployed: what a condition excludes is not there. References stay as they are.
 *
 * @param template {@code template.yaml}, or an application in it
 * @param parameters those that are not as they are by default
 */
record Deployed(TemplateSection template, Map<String, String> parameters) {
    static final String OPSWORKS_CM = "opsworks-cm";
    static final String SYSTEMS_MANAGER = "systems-manager";

    /** The stack's name here. */
    static final String STACK = "server-backup";

    static final TemplateSection TEMPLATE = TemplateSection.read(Path.of("template.yaml"));
    private static final Map<String, String> NO_VALUE = Map.of("Ref", "AWS::NoValue");
    private static final Pattern NAMED = Pattern.compile("\\$\\{([^}]+)}");

    /** What the template's rules ask for beside the backend. */
    private static final Map<String, String> NEEDED = Map.of(
            "OpsWorksCmEndpoint", "https://opsworks-cm.example.com", "BackupDestination", "s3://backups/servers");

    /** With the defaults of all parameters that need not be given. */
    static Deployed on(String backend) {
        return on(backend, NEEDED);
    }

    static Deployed on(String backend, Map<String, String> others) {
        Map<String, String> given = new TreeMap<>(others);
        given.put("BackupBackend", backend);
        return new Deployed(TEMPLATE, given);
    }

    /** With something in each parameter that is empty by default, so that all is there that may be. */
    static Deployed inFullOn(String backend) {
        Map<String, String> given = new TreeMap<>();
        TemplateSection parameters = TEMPLATE.section("Parameters");
        parameters.values().keySet().stream()
                .filter(name -> "".equals(parameters.section(name).values().get("Default")))
                .forEach(name -> given.put(name, "something"));
        given.putAll(NEEDED);
        return on(backend, given);
    }

    /** The application that a resource of this one is. */
    Deployed application(String resource) {
        TemplateSection properties = properties(resource);
        Map<String, String> given = new TreeMap<>();
        properties.section("Parameters").values().forEach((name, value) -> given.put(name, written(value)));
        return new Deployed(TemplateSection.read(Path.of(properties.text("Location"))), given);
    }

    /** The assertions of {@code Rules} that do not hold, by what they say. */
    List<String> brokenRules() {
        TemplateSection rules = template.section("Rules");
        return rules.values().keySet().stream()
                .map(rules::section)
                .filter(rule -> holds(rule.values().get("RuleCondition")))
                .flatMap(rule -> rule.sections("Assertions").stream())
                .filter(assertion -> !holds(assertion.values().get("Assert")))
                .map(assertion -> assertion.text("AssertDescription"))
                .toList();
    }

    /** The resources that there are, by their logical names. */
    TemplateSection resources() {
        return present("Resources");
    }

    TemplateSection outputs() {
        return present("Outputs");
    }

    /** A resource's properties. */
    TemplateSection properties(String resource) {
        return resources().section(resource).section("Properties");
    }

    /** What all functions have. */
    TemplateSection globals() {
        TemplateSection globals = template.section("Globals");
        return new TemplateSection(
                        globals.path(),
                        Map.of("Function", resolved(globals.values().get("Function"))))
                .section("Function");
    }

    /** A text with the names of the resources that it refers to, as far as the template says them. */
    String named(String text) {
        return NAMED.matcher(text).replaceAll(found -> Matcher.quoteReplacement(name(found.group(1))));
    }

    private String name(String reference) {
        if (reference.equals("AWS::StackName")) {
            return STACK;
        }
        if (template.section("Parameters").values().containsKey(reference)) {
            return value(reference);
        }
        String[] output = reference.split("[.]Outputs[.]", -1);
        if (output.length == 2) {
            Deployed application = application(output[0]);
            return application.written(
                    application.outputs().section(output[1]).values().get("Value"));
        }
        if (!resources().values().containsKey(reference)) {
            return reference;
        }
        TemplateSection properties = properties(reference);
        return Stream.of("Name", "LogGroupName")
                .filter(properties.values()::containsKey)
                .findFirst()
                .map(name -> named(properties.section(name).text("Fn::Sub")))
                .orElse(reference);
    }

    /** A value as a text: a reference by the name or value of what it refers to. */
    String written(Object value) {
        if (!(value instanceof Map<?, ?> reference)) {
            return value.toString();
        }
        return reference.containsKey("Fn::Sub")
                ? named(reference.get("Fn::Sub").toString())
                : name(reference.values().iterator().next().toString());
    }

    private TemplateSection present(String part) {
        TemplateSection all = template.section(part);
        Map<String, Object> present = new LinkedHashMap<>();
        all.values().forEach((name, value) -> {
            Object condition = ((Map<?, ?>) value).get("Condition");
            if (condition == null || holds(condition)) {
                present.put(name, resolved(value));
            }
        });
        return new TemplateSection(all.path(), present);
    }

    private Object resolved(Object value) {
        return switch (value) {
            case Map<?, ?> choice
            when choice.get("Fn::If") instanceof List<?> either ->
                resolved(either.get(holds(either.getFirst()) ? 1 : 2));
            case Map<?, ?> map -> {
                Map<String, Object> members = new LinkedHashMap<>();
                map.forEach((name, member) -> members.put(String.valueOf(name), resolved(member)));
                members.values().removeIf(NO_VALUE::equals);
                yield members.isEmpty() && !map.isEmpty() ? NO_VALUE : members;
            }
            case List<?> list ->
                list.stream()
                        .map(this::resolved)
                        .filter(member -> !NO_VALUE.equals(member))
                        .toList();
            default -> value;
        };
    }

    private boolean holds(Object condition) {
        if (condition instanceof String name) {
            return holds(template.section("Conditions").values().get(name));
        }
        var only = ((Map<?, ?>) condition).entrySet().iterator().next();
        List<?> of = only.getValue() instanceof List<?> list ? list : List.of(only.getValue());
        return switch ((String) only.getKey()) {
            case "Condition" -> holds(of.getFirst());
            case "Fn::Not" -> !holds(of.getFirst());
            case "Fn::And" -> of.stream().allMatch(this::holds);
            case "Fn::Or" -> of.stream().anyMatch(this::holds);
            case "Fn::Equals" -> text(of.getFirst()).equals(text(of.getLast()));
            case "Fn::Contains" -> ((List<?>) of.getFirst()).contains(text(of.getLast()));
            case String other -> throw new AssertionError(other + " is not known here");
        };
    }

    /** A parameter's value. */
    String value(String parameter) {
        return parameters.containsKey(parameter) ? parameters.get(parameter) : byDefault(parameter);
    }

    private String text(Object value) {
        return value instanceof Map<?, ?> reference ? value((String) reference.get("Ref")) : value.toString();
    }

    private String byDefault(String parameter) {
        return template.section("Parameters")
                .section(parameter)
                .values()
                .get("Default")
                .toString();
    }
}
