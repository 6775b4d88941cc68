package dev.serverbackup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.local.LocalCloud;
import dev.serverbackup.local.dynamodb.TemplateSection;
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
    void the_default_of_a_parameter_is_that_of_the_settings_and_what_is_allowed_is_in_their_range() {
        assertThat(ofTheTemplate()).hasSizeGreaterThan(5).allSatisfy(variable -> {
            assertThat(parameter(variable).values()).containsEntry("Default", variable.byDefault());
            assertThat(allowed(parameter(variable)))
                    .isNotEmpty()
                    .allMatch(number -> variable.least() <= number && number <= variable.most());
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | true",
                "14 | true",
                "1000 | true",
                "last 7, daily 14, weekly 8, monthly 12, yearly 3 | true",
                "yearly 1000,daily 9 | true",
                "'' | false",
                "-1 | false",
                "1001 | false",
                "daily | false",
                "daily 0 | false",
                "daily 1001 | false",
                "Daily 1 | false",
                "hourly 3 | false",
                "7, daily 14 | false",
                "last 7, | false",
                ", last 7 | false",
                "last 7 daily 14 | false",
                "daily 7, last 1, daily 14 | false"
            })
    void the_template_allows_the_retention_that_the_settings_take(String rules, boolean allowed) {
        assertThat(rules.matches(PARAMETERS.section("RetainedBackups").text("AllowedPattern")))
                .isEqualTo(allowed);
        if (allowed) {
            assertThat(RetentionRule.parse(rules)).isNotNull();
        }
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
                    assertThat(Settings.from(environment("FollowUpFunction", stack)))
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
            assertThat(Settings.from(environment("FollowUpFunction", stack))).isNotNull();
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
    void the_schedule_asks_for_the_same_servers_here_and_there() {
        assertThat(PARAMETERS.section("DefaultSelector").text("Default")).isEqualTo(LocalCloud.DEFAULT_SELECTOR);
    }

    @Test
    void run_and_follow_up_together_keep_to_the_five_calls_a_second_of_the_api_and_its_burst_of_ten() {
        Settings run = Settings.from(environment("BackupFunction", Deployed.on(Deployed.OPSWORKS_CM)));
        Settings followUp = Settings.from(environment("FollowUpFunction", Deployed.on(Deployed.OPSWORKS_CM)));

        assertThat(run.callsPerSecond() + followUp.callsPerSecond()).isLessThanOrEqualTo(5);
        assertThat(run.callBurst() + followUp.callBurst()).isLessThanOrEqualTo(10);
    }

    private static Map<String, String> environment(String function, Deployed stack) {
        return new FunctionTemplate(function, stack).environment();
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
        Map<String, String> run = environment("BackupFunction", Deployed.on(Deployed.OPSWORKS_CM));
        Map<String, String> followUp = environment("FollowUpFunction", Deployed.on(Deployed.OPSWORKS_CM));
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
        return Pattern.compile("\"([A-Z_]+)\"")
                .matcher(source)
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static TemplateSection parameter(Variable variable) {
        return PARAMETERS.section(
                FunctionTemplate.parameterOf(VARIABLES.get(variable.name())).orElseThrow());
    }
}
