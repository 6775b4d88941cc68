package dev.serverbackup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.local.dynamodb.TemplateSection;
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

/** What {@code template.yaml} gives the function, and what {@link Settings} makes of it. */
class TemplateSettingsTest {
    private static final TemplateSection TEMPLATE = TemplateSection.read(Path.of("template.yaml"));
    private static final TemplateSection PARAMETERS = TEMPLATE.section("Parameters");
    private static final Map<String, Object> VARIABLES = TEMPLATE.section("Globals")
            .section("Function")
            .section("Environment")
            .section("Variables")
            .values();

    /** Read by Powertools and by the SDK, not by us. */
    private static final Set<String> OF_THE_LIBRARIES = Set.of(
            "POWERTOOLS_SERVICE_NAME",
            "POWERTOOLS_LOG_LEVEL",
            "AWS_ENDPOINT_URL_OPSWORKSCM",
            "AWS_ENDPOINT_URL_RESOURCE_GROUPS_TAGGING_API",
            "AWS_ENDPOINT_URL_DYNAMODB");

    private static final Pattern NAMED = Pattern.compile("\\$\\{(\\w+)}");

    /** CloudFormation's limit on a version's description. */
    private static final int LONGEST_DESCRIPTION = 256;

    @Test
    void the_function_is_given_exactly_what_it_reads() throws IOException {
        Set<String> known = new TreeSet<>(OF_THE_LIBRARIES);
        known.addAll(namesInTheSourceOfSettings());

        assertThat(VARIABLES.keySet()).containsExactlyInAnyOrderElementsOf(known);
    }

    @Test
    void what_is_tested_of_the_settings_is_all_of_them() throws IOException {
        assertThat(namesInTheSourceOfSettings())
                .containsExactlyInAnyOrderElementsOf(Stream.concat(
                                Stream.of("AUDIT_TABLE", "DEFAULT_SELECTOR"),
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
        Map<String, String> deployed = new TreeMap<>();
        Variable.NUMBERS.forEach(variable -> deployed.put(
                variable.name(), parameter(variable).values().get("Default").toString()));
        deployed.put("AUDIT_TABLE", "audit");
        deployed.put("DEFAULT_SELECTOR", PARAMETERS.section("DefaultSelector").text("Default"));

        assertThat(Settings.from(deployed).maxTargets()).isEqualTo(1000);
    }

    @Test
    void a_version_is_described_by_every_setting_in_256_characters_at_most() {
        String description = TEMPLATE.section("Resources")
                .section("BackupFunction")
                .section("Properties")
                .section("VersionDescription")
                .text("Fn::Sub");

        assertThat(names(description, NAMED)).containsAll(parametersOfTheSettings());
        assertThat(NAMED.matcher(description).replaceAll(match -> longest(match.group(1))))
                .hasSizeLessThanOrEqualTo(LONGEST_DESCRIPTION);
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

    private static List<String> parametersOfTheSettings() {
        return VARIABLES.values().stream()
                .flatMap(value -> parameterOf(value).stream())
                .toList();
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
