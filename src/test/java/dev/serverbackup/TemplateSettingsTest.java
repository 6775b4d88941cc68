package dev.serverbackup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.local.dynamodb.TemplateSection;
import dev.serverbackup.run.RetentionRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
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

    /** The follow-up selects no servers; it is given them because both read the same settings. */
    private static final Set<String> NOTHING_TO_THE_FOLLOW_UP = Set.of("DefaultSelector", "MaxTargets");

    /** Read by Powertools and by the SDK, not by us. */
    private static final Set<String> OF_THE_LIBRARIES = Set.of(
            "POWERTOOLS_SERVICE_NAME",
            "POWERTOOLS_LOG_LEVEL",
            "AWS_ENDPOINT_URL_OPSWORKSCM",
            "AWS_ENDPOINT_URL_RESOURCE_GROUPS_TAGGING_API",
            "AWS_ENDPOINT_URL_DYNAMODB",
            "AWS_ENDPOINT_URL_EVENTBRIDGE");

    private static final Pattern NAMED = Pattern.compile("\\$\\{(\\w+)}");

    /** CloudFormation's limit on a version's description. */
    private static final int LONGEST_DESCRIPTION = 256;

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
    void run_and_follow_up_together_keep_to_the_five_calls_a_second_of_the_api_and_its_burst_of_ten() {
        Settings run = Settings.from(byDefault(OF_THE_RUN));
        Settings followUp = Settings.from(byDefault(OF_THE_FOLLOW_UP));

        assertThat(run.callsPerSecond() + followUp.callsPerSecond()).isLessThanOrEqualTo(5);
        assertThat(run.callBurst() + followUp.callBurst()).isLessThanOrEqualTo(10);
    }

    @Test
    void a_version_of_the_run_is_described_by_every_setting_in_256_characters_at_most() {
        assertDescribed("BackupFunction", parametersOf(OF_THE_RUN));
    }

    @Test
    void a_version_of_the_follow_up_is_described_by_every_setting_in_256_characters_at_most() {
        Set<String> parameters = parametersOf(OF_THE_FOLLOW_UP);
        parameters.removeAll(NOTHING_TO_THE_FOLLOW_UP);

        assertDescribed("FollowUpFunction", parameters);
    }

    private static void assertDescribed(String function, Set<String> parameters) {
        String description = properties(function).section("VersionDescription").text("Fn::Sub");

        assertThat(names(description, NAMED)).containsAll(parameters);
        assertThat(NAMED.matcher(description).replaceAll(match -> longest(match.group(1))))
                .hasSizeLessThanOrEqualTo(LONGEST_DESCRIPTION);
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

    private static Set<String> parametersOf(Map<String, Object> variables) {
        return variables.values().stream()
                .flatMap(value -> parameterOf(value).stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The parameter that {@code !Ref} gives a variable. */
    private static Optional<String> parameterOf(Object value) {
        return value instanceof Map<?, ?> reference && reference.get("Ref") instanceof String name
                ? Optional.of(name).filter(PARAMETERS.values()::containsKey)
                : Optional.empty();
    }

    private static String longest(String parameter) {
        Map<String, Object> said = PARAMETERS.section(parameter).values();
        if (said.get("AllowedValues") instanceof List<?> all) {
            return all.stream()
                    .map(Object::toString)
                    .max(Comparator.comparingInt(String::length))
                    .orElseThrow();
        }
        return said.get("MaxLength") instanceof Integer length
                ? "x".repeat(length)
                : said.get("MaxValue").toString();
    }
}
