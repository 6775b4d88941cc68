package dev.serverbackup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.local.LocalCloud;
import dev.serverbackup.local.dynamodb.TemplateSection;
import dev.serverbackup.retention.RetentionPolicy;
import dev.serverbackup.retention.RetentionRule;
import dev.serverbackup.runtime.FunctionVariables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code template.yaml} gives the functions, and what {@link Settings} makes of it. */
class TemplateSettingsTest {
    private static final TemplateSection PARAMETERS = FunctionTemplate.PARAMETERS;
    private static final Map<String, String> NO_VALUE = Map.of("Ref", "AWS::NoValue");

    private static final Map<String, Object> VARIABLES =
            FunctionTemplate.runOn(Deployed.SYSTEMS_MANAGER).variables();

    /** Timings that belong together by proof: no stack changes one of them alone. */
    private static final Set<String> THE_CODES_OWN = Set.of(
            "MAX_CONCURRENT_CALLS",
            "CALL_TIMEOUT_SECONDS",
            "VISIBILITY_DELAY_SECONDS",
            "LEASE_SECONDS",
            "RETRY_DELAY_SECONDS",
            "COMMAND_DELIVERY_TIMEOUT_SECONDS");

    /** Of each function, since they share the rate limit of the service. */
    private static final Set<String> OF_THE_FUNCTION =
            Set.of("FUNCTION_TIMEOUT_SECONDS", "CALLS_PER_SECOND", "CALL_BURST");

    /** Read by Powertools, by the SDK, by the JVM and by the C library, not by us. */
    private static final Set<String> OF_THE_LIBRARIES = Set.of(
            "JAVA_TOOL_OPTIONS",
            "MALLOC_ARENA_MAX",
            "POWERTOOLS_SERVICE_NAME",
            "POWERTOOLS_METRICS_NAMESPACE",
            "POWERTOOLS_LOG_LEVEL");

    @ParameterizedTest
    @ValueSource(strings = {Deployed.OPSWORKS_CM, Deployed.SYSTEMS_MANAGER})
    void the_functions_are_given_all_that_they_read_but_the_codes_own_and_nothing_else(String backend)
            throws IOException {
        Set<String> known = new TreeSet<>(OF_THE_LIBRARIES);
        known.addAll(namesInTheSourceOf("Settings"));
        if (backend.equals(Deployed.SYSTEMS_MANAGER)) {
            known.addAll(namesInTheSourceOf("Backend"));
        } else {
            known.addAll(Set.of("BACKUP_BACKEND", "AWS_ENDPOINT_URL_OPSWORKSCM"));
        }
        known.removeAll(THE_CODES_OWN);

        assertThat(FunctionTemplate.runOn(backend).variables().keySet()).containsExactlyInAnyOrderElementsOf(known);
        assertThat(FunctionTemplate.followUpOn(backend).variables().keySet())
                .containsExactlyInAnyOrderElementsOf(known);
    }

    /** What a stack can't set, a developer can: "sam local invoke" gives a function only variables that stand here. */
    @Test
    void the_endpoints_of_development_stand_in_the_template_and_are_in_no_stack() {
        assertThat(Deployed.TEMPLATE
                        .section("Globals")
                        .section("Function")
                        .section("Environment")
                        .section("Variables")
                        .values())
                .containsAllEntriesOf(Map.of(
                        "AWS_ENDPOINT_URL_SSM", NO_VALUE,
                        "AWS_ENDPOINT_URL_RESOURCE_GROUPS_TAGGING_API", NO_VALUE,
                        "AWS_ENDPOINT_URL_DYNAMODB", NO_VALUE,
                        "AWS_ENDPOINT_URL_EVENTBRIDGE", NO_VALUE));
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
                                        "RETAINED_BACKUPS",
                                        "SCHEDULE_EXPRESSION",
                                        "SCHEDULE_TIMEZONE",
                                        "SCHEDULE_STATE",
                                        "RETENTION_DRY_RUN"),
                                Variable.NUMBERS.stream().map(Variable::name))
                        .toList());
        assertThat(namesInTheSourceOf("Backend"))
                .containsExactlyInAnyOrderElementsOf(Stream.concat(
                                Stream.of(
                                        "BACKUP_BACKEND",
                                        "BACKUP_DOCUMENT",
                                        "DELETION_DOCUMENT",
                                        "VERIFICATION_DOCUMENT",
                                        "DEFAULT_BACKUP_ENGINE",
                                        "BACKUP_DESTINATION",
                                        "COMMAND_LOG_GROUP"),
                                Variable.OF_COMMANDS.stream().map(Variable::name))
                        .toList());
    }

    @Test
    void a_stack_without_parameters_of_its_own_has_the_defaults_of_the_settings() {
        assertThat(ofTheTemplate())
                .hasSizeGreaterThan(5)
                .allSatisfy(variable ->
                        assertThat(parameter(variable).values()).containsEntry("Default", variable.byDefault()));
    }

    @Test
    void what_the_template_allows_is_in_the_range_of_the_settings() {
        assertThat(ofTheTemplate())
                .allSatisfy(variable -> assertThat(allowed(parameter(variable)))
                        .isNotEmpty()
                        .allMatch(number -> variable.least() <= number && number <= variable.most()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"0", "14", "1000", "last 7, daily 14, weekly 8, monthly 12, yearly 3", "yearly 1000,daily 9"})
    void retention_that_the_template_allows_the_settings_take(String rules) {
        assertThat(rules).matches(PARAMETERS.section("RetainedBackups").text("AllowedPattern"));
        assertThat(RetentionRule.parse(rules)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-1",
                "1001",
                "daily",
                "daily 0",
                "daily 1001",
                "Daily 1",
                "hourly 3",
                "7, daily 14",
                "last 7,",
                ", last 7",
                "last 7 daily 14",
                "daily 7, last 1, daily 14"
            })
    void other_retention_the_template_refuses(String rules) {
        assertThat(rules).doesNotMatch(PARAMETERS.section("RetainedBackups").text("AllowedPattern"));
    }

    /** The largest start window, the shortest retention, and each pair of the others: the rules let through what fits. */
    @Test
    void what_the_rules_let_through_the_settings_take() {
        int refused = 0;
        for (int timeout : allowed(PARAMETERS.section("BackupTimeoutHours"))) {
            for (int window : allowed(PARAMETERS.section("CompletionWindowHours"))) {
                Map<String, String> given = Map.of(
                        "BackupTimeoutHours", String.valueOf(timeout),
                        "CompletionWindowHours", String.valueOf(window),
                        "StartWindowMinutes", bound("StartWindowMinutes", "MaxValue"),
                        "AuditRetentionDays", bound("AuditRetentionDays", "MinValue"),
                        "BackupDestination", "s3://backups/servers");
                Deployed stack = Deployed.on(Deployed.SYSTEMS_MANAGER, given);
                if (stack.brokenRules().isEmpty()) {
                    assertThat(Settings.from(new FunctionTemplate("FollowUpFunction", stack).environment()))
                            .isNotNull();
                } else {
                    refused++;
                    assertThat(window).isLessThan(timeout + 48);
                }
            }
        }
        assertThat(refused).isBetween(1, 25);
    }

    @Test
    void on_opsworks_cm_every_window_fits() {
        for (int window : allowed(PARAMETERS.section("CompletionWindowHours"))) {
            Deployed stack = Deployed.on(
                    Deployed.OPSWORKS_CM,
                    Map.of(
                            "OpsWorksCmEndpoint", "https://opsworks-cm.example.com",
                            "CompletionWindowHours", String.valueOf(window),
                            "StartWindowMinutes", bound("StartWindowMinutes", "MaxValue"),
                            "AuditRetentionDays", bound("AuditRetentionDays", "MinValue")));

            assertThat(stack.brokenRules()).isEmpty();
            assertThat(Settings.from(new FunctionTemplate("FollowUpFunction", stack).environment()))
                    .isNotNull();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "opsworks-cm, 'BackupBackend is opsworks-cm, which AWS has retired. Set OpsWorksCmEndpoint to what serves its"
                + " API.'",
        "systems-manager, 'BackupBackend is systems-manager. Set BackupDestination to s3://bucket/prefix or a"
                + " directory.'"
    })
    void a_backend_without_what_belongs_to_it_is_refused_with_what_to_set(String backend, String said) {
        assertThat(Deployed.on(backend, Map.of()).brokenRules()).containsExactly(said);
        assertThat(Deployed.on(backend).brokenRules()).isEmpty();
    }

    private static String bound(String parameter, String which) {
        return PARAMETERS.section(parameter).values().get(which).toString();
    }

    /** All values, or the least and the greatest. */
    private static List<Integer> allowed(TemplateSection parameter) {
        if (parameter.values().get("AllowedValues") instanceof List<?> values) {
            return values.stream().map(Integer.class::cast).toList();
        }
        return Stream.of("MinValue", "MaxValue")
                .map(parameter.values()::get)
                .map(Integer.class::cast)
                .toList();
    }

    private static Stream<Variable> ofTheTemplate() {
        return Variable.all()
                .filter(variable ->
                        !THE_CODES_OWN.contains(variable.name()) && !OF_THE_FUNCTION.contains(variable.name()));
    }

    @Test
    void the_defaults_of_the_template_fit_together() {
        assertThat(settings("FollowUpFunction", Deployed.OPSWORKS_CM).retention())
                .isEqualTo(RetentionPolicy.OFF);
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

    @Test
    void the_settings_page_has_each_parameter_with_its_default_its_range_and_its_variable() {
        Map<String, List<String>> page = DocumentPage.read("docs/settings.md").table("| parameter |");
        Map<String, String> variables = variablesByParameter();

        assertThat(page.keySet()).containsExactlyElementsOf(PARAMETERS.values().keySet());
        assertThat(page).allSatisfy((name, cells) -> {
            Map<String, Object> parameter = PARAMETERS.section(name).values();
            assertThat(cells.get(1)).isEqualTo(shown(parameter.getOrDefault("Default", "none")));
            assertThat(cells.get(2)).startsWith(shownRange(parameter));
            assertThat(cells.getLast()).isEqualTo(variables.getOrDefault(name, "–"));
        });
    }

    @Test
    void the_settings_page_has_each_number_that_no_parameter_sets() {
        Map<String, List<String>> page = DocumentPage.read("docs/settings.md").table("| environment variable |");
        List<Variable> numbers = Variable.all()
                .filter(variable ->
                        THE_CODES_OWN.contains(variable.name()) || OF_THE_FUNCTION.contains(variable.name()))
                .toList();

        assertThat(page.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        numbers.stream().map(Variable::name).toList());
        Map<String, String> run =
                new FunctionTemplate("BackupFunction", Deployed.on(Deployed.OPSWORKS_CM)).environment();
        Map<String, String> followUp =
                new FunctionTemplate("FollowUpFunction", Deployed.on(Deployed.OPSWORKS_CM)).environment();
        assertThat(numbers)
                .allSatisfy(variable -> assertThat(page.get(variable.name()))
                        .startsWith(
                                variable.name(),
                                String.valueOf(variable.byDefault()),
                                range(variable.least(), variable.most()),
                                run.getOrDefault(variable.name(), ""),
                                followUp.getOrDefault(variable.name(), "")));
    }

    @Test
    void the_settings_page_has_each_variable_that_the_functions_are_given_or_read() throws IOException {
        String page = DocumentPage.read("docs/settings.md").text();

        assertThat(namesInTheSourceOf("Settings"))
                .allSatisfy(name -> assertThat(page).contains("`" + name + "`"));
        assertThat(FunctionTemplate.all().flatMap(function -> function.variables().keySet().stream()))
                .allSatisfy(name -> assertThat(page).contains("`" + name + "`"));
    }

    private static Map<String, String> variablesByParameter() {
        Map<String, String> byParameter = new TreeMap<>();
        FunctionTemplate.all()
                .forEach(function -> function.variables()
                        .forEach((variable, value) -> FunctionTemplate.parameterOf(value)
                                .ifPresent(parameter -> byParameter.put(parameter, variable))));
        return byParameter;
    }

    private static String shown(Object value) {
        return value.equals("") ? "empty" : value.toString();
    }

    /** Where a pattern says what is allowed, the page says it in words of its own. */
    private static String shownRange(Map<String, Object> parameter) {
        if (parameter.get("AllowedValues") instanceof List<?> values) {
            return values.stream().map(TemplateSettingsTest::shown).collect(Collectors.joining(", "));
        }
        return parameter.containsKey("MinValue")
                ? range((Integer) parameter.get("MinValue"), (Integer) parameter.get("MaxValue"))
                : "";
    }

    private static String range(int least, int most) {
        return String.format(Locale.ROOT, "%,d to %,d", least, most);
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
