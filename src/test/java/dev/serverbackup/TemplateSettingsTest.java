package dev.serverbackup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.local.LocalCloud;
import dev.serverbackup.local.dynamodb.TemplateSection;
import dev.serverbackup.run.RetentionRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What {@code template.yaml} gives the functions, and what {@link Settings} makes of it. */
class TemplateSettingsTest {
    private static final TemplateSection PARAMETERS = FunctionTemplate.PARAMETERS;
    private static final Map<String, Object> OF_THE_RUN = FunctionTemplate.RUN.variables();
    private static final Map<String, Object> OF_THE_FOLLOW_UP = FunctionTemplate.FOLLOW_UP.variables();

    /** The run's, and what only the follow-up has. */
    private static final Map<String, Object> VARIABLES = FunctionTemplate.merged(OF_THE_FOLLOW_UP, OF_THE_RUN);

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

    private static Map<String, String> byDefault(Map<String, Object> variables) {
        Map<String, String> deployed = new TreeMap<>();
        variables.forEach((name, value) -> FunctionTemplate.parameterOf(value)
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
        return PARAMETERS.section(
                FunctionTemplate.parameterOf(VARIABLES.get(variable.name())).orElseThrow());
    }
}
