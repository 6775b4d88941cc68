package dev.serverbackup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.local.LocalCloud;
import dev.serverbackup.local.dynamodb.TemplateSection;
import dev.serverbackup.run.RetentionRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What {@code template.yaml} gives the functions, and what {@link Settings} makes of it. */
class TemplateSettingsTest {
    private static final TemplateSection TEMPLATE = TemplateSection.read(Path.of("template.yaml"));
    private static final TemplateSection PARAMETERS = TEMPLATE.section("Parameters");
    private static final Map<String, Object> OF_THE_RUN = variablesOf("BackupFunction");
    private static final Map<String, Object> OF_THE_FOLLOW_UP = variablesOf("FollowUpFunction");

    /** The run's, and what only the follow-up has. */
    private static final Map<String, Object> VARIABLES = merged(OF_THE_FOLLOW_UP, OF_THE_RUN);

    /** The run sends no notices, lets no row go and deletes nothing. */
    private static final Set<String> NOTHING_TO_THE_RUN =
            Set.of("EVENT_BUS", "AUDIT_DAYS", "KEEP_BACKUPS", "RETENTION_DRY_RUN", "AWS_ENDPOINT_URL_EVENTBRIDGE");

    /** Read by Powertools and by the SDK, not by us. */
    private static final Set<String> OF_THE_LIBRARIES = Set.of(
            "POWERTOOLS_SERVICE_NAME",
            "POWERTOOLS_LOG_LEVEL",
            "AWS_ENDPOINT_URL_OPSWORKSCM",
            "AWS_ENDPOINT_URL_RESOURCE_GROUPS_TAGGING_API",
            "AWS_ENDPOINT_URL_DYNAMODB",
            "AWS_ENDPOINT_URL_EVENTBRIDGE");

    /** Lambda's limit in bytes, names and values together. */
    private static final int LARGEST_ENVIRONMENT = 4096;

    @Test
    void each_function_is_given_exactly_what_it_reads() throws IOException {
        Set<String> known = new TreeSet<>(OF_THE_LIBRARIES);
        known.addAll(namesInTheSourceOfSettings());

        assertThat(OF_THE_FOLLOW_UP.keySet()).containsExactlyInAnyOrderElementsOf(known);
        known.removeAll(NOTHING_TO_THE_RUN);
        assertThat(OF_THE_RUN.keySet()).containsExactlyInAnyOrderElementsOf(known);
    }

    @Test
    void what_is_tested_of_the_settings_is_all_of_them() throws IOException {
        assertThat(namesInTheSourceOfSettings())
                .containsExactlyInAnyOrderElementsOf(Stream.concat(
                                Stream.of("AUDIT_TABLE", "DEFAULT_SELECTOR", "EVENT_BUS", "RETENTION_DRY_RUN"),
                                Variable.NUMBERS.stream().map(Variable::name))
                        .toList());
    }

    @Test
    void a_stack_without_parameters_of_its_own_has_the_defaults_of_the_settings() {
        Variable.NUMBERS.forEach(variable -> assertThat(parameter(variable).values())
                .as(variable.name())
                .containsEntry("Default", variable.byDefault()));
    }

    @Test
    void what_the_template_allows_is_in_the_range_of_the_settings() {
        Variable.NUMBERS.forEach(variable -> assertThat(Stream.of("MinValue", "MaxValue")
                        .map(parameter(variable).values()::get))
                .as(variable.name())
                .allSatisfy(bound -> assertThat((Integer) bound).isBetween(variable.least(), variable.most())));
    }

    @Test
    void the_defaults_of_the_template_fit_together() {
        assertThat(Settings.from(byDefault(OF_THE_RUN)).maxTargets()).isEqualTo(1000);
        assertThat(Settings.from(byDefault(OF_THE_FOLLOW_UP)).eventBus()).isEqualTo("default");
        assertThat(Settings.from(byDefault(OF_THE_FOLLOW_UP)).retention()).isEqualTo(RetentionRule.OFF);
    }

    @Test
    void the_schedule_asks_for_the_same_servers_here_and_there() {
        assertThat(PARAMETERS.section("DefaultSelector").text("Default")).isEqualTo(LocalCloud.DEFAULT_SELECTOR);
    }

    @Test
    void run_and_follow_up_together_keep_to_the_five_calls_a_second_of_the_api_and_its_burst_of_ten() {
        Settings run = Settings.from(byDefault(OF_THE_RUN));
        Settings followUp = Settings.from(byDefault(OF_THE_FOLLOW_UP));

        assertThat(run.callsPerSecond() + followUp.callsPerSecond()).isLessThanOrEqualTo(5);
        assertThat(run.callBurst() + followUp.callBurst()).isLessThanOrEqualTo(10);
    }

    @Test
    void a_version_of_the_run_follows_every_setting() {
        assertFollowed("BackupFunction", OF_THE_RUN, "MemorySize");
    }

    @Test
    void a_version_of_the_follow_up_follows_every_setting() {
        assertFollowed("FollowUpFunction", OF_THE_FOLLOW_UP, "FollowUpMemorySize");
    }

    @Test
    void the_longest_settings_fit_into_a_function_s_environment() {
        assertThat(OF_THE_FOLLOW_UP.entrySet().stream()
                        .mapToInt(variable -> variable.getKey().length() + longest(variable.getValue()))
                        .sum())
                .isLessThanOrEqualTo(LARGEST_ENVIRONMENT);
    }

    /** What changes with a version's description changes the version, and the description is the settings' number. */
    private static void assertFollowed(String function, Map<String, Object> variables, String memory) {
        assertThat(properties(function).section("VersionDescription").text("Fn::Sub"))
                .contains("${%sSettings}".formatted(function));
        assertThat(properties(function + "Settings")
                        .section("Content")
                        .text("Fn::Sub")
                        .lines())
                .containsExactlyInAnyOrderElementsOf(Stream.concat(
                                variables.entrySet().stream()
                                        .filter(variable -> variable.getValue() instanceof Map)
                                        .map(variable ->
                                                "%s=${%s}".formatted(variable.getKey(), named(variable.getValue()))),
                                Stream.of("memory=${%s}".formatted(memory), "architecture=${Architecture}"))
                        .toList());
    }

    /** What {@code !Ref} names, alone or as what {@code !If} takes where there is something. */
    private static Object named(Object value) {
        Object reference = value;
        if (value instanceof Map<?, ?> conditional && conditional.get("Fn::If") instanceof List<?> choices) {
            reference = choices.get(1);
        }
        return ((Map<?, ?>) reference).get("Ref");
    }

    private static TemplateSection properties(String function) {
        return TEMPLATE.section("Resources").section(function).section("Properties");
    }

    /** What all functions have, and in its place what the function says of its own. */
    private static Map<String, Object> variablesOf(String function) {
        TemplateSection shared = TEMPLATE.section("Globals").section("Function");
        Map<String, Object> own =
                properties(function).values().containsKey("Environment") ? variablesIn(properties(function)) : Map.of();
        return merged(variablesIn(shared), own);
    }

    private static Map<String, Object> variablesIn(TemplateSection function) {
        return function.section("Environment").section("Variables").values();
    }

    private static Map<String, Object> merged(Map<String, Object> some, Map<String, Object> others) {
        Map<String, Object> all = new TreeMap<>(some);
        all.putAll(others);
        return all;
    }

    private static Map<String, String> byDefault(Map<String, Object> variables) {
        Map<String, String> deployed = new TreeMap<>();
        variables.forEach((name, value) -> parameterOf(value)
                .ifPresent(parameter -> deployed.put(
                        name,
                        PARAMETERS.section(parameter).values().get("Default").toString())));
        deployed.put("AUDIT_TABLE", "audit");
        return deployed;
    }

    /** A name between quotes, all by itself: how {@code Settings} asks for a variable. */
    private static Set<String> namesInTheSourceOfSettings() throws IOException {
        String source = Files.readString(Path.of("src/main/java/dev/serverbackup/Settings.java"));
        return names(source, Pattern.compile("\"([A-Z_]+)\""));
    }

    private static Set<String> names(String text, Pattern pattern) {
        return pattern.matcher(text)
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static TemplateSection parameter(Variable variable) {
        return PARAMETERS.section(parameterOf(VARIABLES.get(variable.name())).orElseThrow());
    }

    /** The parameter that {@code !Ref} gives a variable. */
    private static Optional<String> parameterOf(Object value) {
        return value instanceof Map<?, ?> reference && reference.get("Ref") instanceof String name
                ? Optional.of(name).filter(PARAMETERS.values()::containsKey)
                : Optional.empty();
    }

    /** In characters; a table's name has 255 at most. */
    private static int longest(Object value) {
        if (!(value instanceof Map)) {
            return value.toString().length();
        }
        String name = named(value).toString();
        return name.equals("AuditTable")
                ? 255
                : longest(PARAMETERS.section(name).values());
    }

    private static int longest(Map<String, Object> parameter) {
        if (parameter.get("AllowedValues") instanceof List<?> all) {
            return all.stream().mapToInt(one -> one.toString().length()).max().orElseThrow();
        }
        return parameter.get("MaxLength") instanceof Integer length
                ? length
                : parameter.get("MaxValue").toString().length();
    }
}
