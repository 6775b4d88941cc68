package dev.serverbackup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.local.LocalCloud;
import dev.serverbackup.local.dynamodb.TemplateSection;
import dev.serverbackup.run.RetentionRule;
import dev.serverbackup.runtime.FunctionVariables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code template.yaml} gives the functions, and what {@link Settings} makes of it. */
class TemplateSettingsTest {
    private static final TemplateSection PARAMETERS = FunctionTemplate.PARAMETERS;

    /** The run's, and what only the follow-up has. */
    private static final Map<String, Object> VARIABLES = FunctionTemplate.merged(
            FunctionTemplate.followUpOn(Deployed.SYSTEMS_MANAGER).variables(),
            FunctionTemplate.runOn(Deployed.SYSTEMS_MANAGER).variables());

    /** The run sends no notices, lets no row go and deletes nothing. */
    private static final Set<String> NOTHING_TO_THE_RUN =
            Set.of("EVENT_BUS", "AUDIT_DAYS", "KEEP_BACKUPS", "RETENTION_DRY_RUN", "AWS_ENDPOINT_URL_EVENTBRIDGE");

    /** Read by Powertools, by the SDK, by the JVM and by the C library, not by us. */
    private static final Set<String> OF_THE_LIBRARIES = Set.of(
            "JAVA_TOOL_OPTIONS",
            "MALLOC_ARENA_MAX",
            "POWERTOOLS_SERVICE_NAME",
            "POWERTOOLS_METRICS_NAMESPACE",
            "POWERTOOLS_LOG_LEVEL",
            "AWS_ENDPOINT_URL_RESOURCE_GROUPS_TAGGING_API",
            "AWS_ENDPOINT_URL_DYNAMODB",
            "AWS_ENDPOINT_URL_EVENTBRIDGE");

    @ParameterizedTest
    @CsvSource({"opsworks-cm, AWS_ENDPOINT_URL_OPSWORKSCM", "systems-manager, AWS_ENDPOINT_URL_SSM"})
    void each_function_is_given_exactly_what_it_reads(String backend, String endpoint) throws IOException {
        Set<String> known = new TreeSet<>(OF_THE_LIBRARIES);
        known.addAll(namesInTheSourceOf("Settings"));
        known.addAll(
                backend.equals(Deployed.SYSTEMS_MANAGER) ? namesInTheSourceOf("Backend") : Set.of("BACKUP_BACKEND"));
        known.add(endpoint);

        assertThat(FunctionTemplate.followUpOn(backend).variables().keySet())
                .containsExactlyInAnyOrderElementsOf(known);
        known.removeAll(NOTHING_TO_THE_RUN);
        assertThat(FunctionTemplate.runOn(backend).variables().keySet()).containsExactlyInAnyOrderElementsOf(known);
    }

    @Test
    void the_jvm_is_set_as_in_the_tests_and_in_the_bench() {
        assertThat(VARIABLES).containsAllEntriesOf(FunctionVariables.JVM);
    }

    @Test
    void what_is_tested_of_the_settings_is_all_of_them() throws IOException {
        assertThat(namesInTheSourceOf("Settings"))
                .containsExactlyInAnyOrderElementsOf(Stream.concat(
                                Stream.of(
                                        "AUDIT_TABLE",
                                        "DEFAULT_SELECTOR",
                                        "POWERTOOLS_SERVICE_NAME",
                                        "EVENT_BUS",
                                        "RETENTION_DRY_RUN"),
                                Variable.NUMBERS.stream().map(Variable::name))
                        .toList());
        assertThat(namesInTheSourceOf("Backend"))
                .containsExactlyInAnyOrderElementsOf(Stream.concat(
                                Stream.of(
                                        "BACKUP_BACKEND",
                                        "BACKUP_DOCUMENTS",
                                        "DEFAULT_BACKUP_ENGINE",
                                        "BACKUP_DESTINATION",
                                        "COMMAND_LOG_GROUP"),
                                Variable.OF_COMMANDS.stream().map(Variable::name))
                        .toList());
    }

    @Test
    void a_stack_without_parameters_of_its_own_has_the_defaults_of_the_settings() {
        assertThat(Variable.all())
                .allSatisfy(variable ->
                        assertThat(parameter(variable).values()).containsEntry("Default", variable.byDefault()));
    }

    @Test
    void what_the_template_allows_is_in_the_range_of_the_settings() {
        assertThat(Variable.all())
                .allSatisfy(variable -> assertThat(Stream.of("MinValue", "MaxValue")
                                .map(parameter(variable).values()::get))
                        .allSatisfy(bound -> assertThat((Integer) bound).isBetween(variable.least(), variable.most())));
    }

    @Test
    void the_defaults_of_the_template_fit_together() {
        assertThat(settings("BackupFunction", Deployed.OPSWORKS_CM).maxTargets())
                .isEqualTo(1000);
        Settings followUp = settings("FollowUpFunction", Deployed.OPSWORKS_CM);
        assertThat(followUp.eventBus()).isEqualTo("default");
        assertThat(followUp.retention()).isEqualTo(RetentionRule.OFF);
        assertThat(settings("FollowUpFunction", Deployed.SYSTEMS_MANAGER).maxTargets())
                .isEqualTo(1000);
    }

    @Test
    void the_schedule_asks_for_the_same_servers_here_and_there() {
        assertThat(PARAMETERS.section("DefaultSelector").text("Default")).isEqualTo(LocalCloud.DEFAULT_SELECTOR);
    }

    @Test
    void run_and_follow_up_together_keep_to_the_five_calls_a_second_of_the_api_and_its_burst_of_ten() {
        Settings run = settings("BackupFunction", Deployed.OPSWORKS_CM);
        Settings followUp = settings("FollowUpFunction", Deployed.OPSWORKS_CM);

        assertThat(run.callsPerSecond() + followUp.callsPerSecond()).isLessThanOrEqualTo(5);
        assertThat(run.callBurst() + followUp.callBurst()).isLessThanOrEqualTo(10);
    }

    private static Settings settings(String function, String backend) {
        return Settings.from(new FunctionTemplate(function, Deployed.on(backend)).environment());
    }

    /** A name between quotes, all by itself: how a variable is asked for. */
    private static Set<String> namesInTheSourceOf(String type) throws IOException {
        String source = Files.readString(Path.of("src/main/java/dev/serverbackup", type + ".java"));
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
