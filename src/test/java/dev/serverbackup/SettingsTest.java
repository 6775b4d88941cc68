package dev.serverbackup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serverbackup.backup.Documents;
import dev.serverbackup.backup.Documents.DocumentReference;
import dev.serverbackup.backup.RunCommandSettings;
import dev.serverbackup.request.SelectorReader;
import dev.serverbackup.retention.RetentionPolicy;
import dev.serverbackup.retention.RetentionRule;
import dev.serverbackup.schedule.StackSchedule;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    private static final String NIGHTLY = "{\"tags\":{\"Backup\":[\"nightly\"]}}";
    private static final Map<String, String> LEAST_NEEDED =
            Map.of("AUDIT_TABLE", "server-backup-audit", "DEFAULT_SELECTOR", NIGHTLY);

    @Test
    void only_table_and_selector_have_no_default() {
        assertThat(settings(Map.of()))
                .isEqualTo(new Settings(
                        "server-backup-audit",
                        SelectorReader.fromJson(NIGHTLY),
                        "server-backup",
                        1000,
                        16,
                        4,
                        8,
                        InMemoryApplication.TIMEOUTS,
                        400,
                        "default",
                        RetentionPolicy.OFF,
                        Optional.empty(),
                        8,
                        Duration.ofDays(7),
                        Duration.ofMinutes(15),
                        new Backend.OpsWorksCm()));
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void a_number_has_a_default_and_is_refused_by_name_outside_of_its_range(Variable variable) {
        assertThat(settings(Map.of(variable.name(), Integer.toString(variable.byDefault()))))
                .isEqualTo(settings(Map.of()));
        for (int number : List.of(variable.least() - 1, variable.most() + 1)) {
            String said = Integer.toString(number);
            assertThat(faultsOf(Map.of(variable.name(), said))).contains(fault(variable, said));
        }
        for (int number : List.of(variable.least(), variable.most())) {
            assertThat(faultsOf(Map.of(variable.name(), Integer.toString(number))))
                    .as("%s=%d, but for how it fits the others", variable, number)
                    .doesNotContain(fault(variable, Integer.toString(number)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "many", "4.5", "0x10", "9999999999", "1 000"})
    void what_is_no_whole_number_is_refused_as_it_was_said(String said) {
        assertThat(faultsOf(Map.of("MAX_TARGETS", said))).containsExactly(fault(Variable.NUMBERS.getFirst(), said));
    }

    @ParameterizedTest
    @ValueSource(strings = {"AUDIT_TABLE", "DEFAULT_SELECTOR"})
    void what_has_no_default_must_be_there(String name) {
        Map<String, String> without = new HashMap<>(LEAST_NEEDED);
        without.remove(name);

        assertThat(faultsIn(without)).containsExactly(name + " is missing");
        assertThat(faultsOf(Map.of(name, "  "))).containsExactly(name + " is missing");
    }

    @Test
    void what_is_just_enough_is_taken() {
        assertThat(settings(Map.of("EVENT_BUS", "operations")).eventBus()).isEqualTo("operations");
        assertThat(settings(Map.of("FUNCTION_TIMEOUT_SECONDS", "30")).functionTimeout())
                .hasSeconds(30);
    }

    @Test
    void all_faults_are_reported_together() {
        Map<String, String> wrong =
                Map.of("DEFAULT_SELECTOR", "{}", "MAX_TARGETS", "0", "CALL_BURST", "-1", "RETRY_DELAY_SECONDS", "soon");

        List<String> faults = faultsIn(wrong);

        assertThat(faults)
                .containsExactly(
                        "AUDIT_TABLE is missing",
                        "DEFAULT_SELECTOR: selects nothing: it must have `tags`, `serverNames` or both, or \"all\":"
                                + " true",
                        "MAX_TARGETS: a whole number from 1 to 4000, not \"0\"",
                        "CALL_BURST: a whole number from 1 to 1000, not \"-1\"",
                        "RETRY_DELAY_SECONDS: a whole number from 1 to 3600, not \"soon\"");
        assertThatThrownBy(() -> Settings.from(wrong))
                .hasMessage("the environment has 5 fault(s):\n- " + String.join("\n- ", faults));
    }

    @Test
    void the_completion_window_outlasts_the_start_window_and_a_lease() {
        Map<String, String> hour = Map.of("COMPLETION_WINDOW_HOURS", "1");

        assertThat(settings(and(hour, "START_WINDOW_MINUTES", "58")).timeouts().completionWindow())
                .hasHours(1);
        assertThat(faultsOf(and(hour, "START_WINDOW_MINUTES", "59")))
                .containsExactly("CALL_TIMEOUT_SECONDS, VISIBILITY_DELAY_SECONDS, LEASE_SECONDS, START_WINDOW_MINUTES,"
                        + " COMPLETION_WINDOW_HOURS: the completion window (3600 s) must be at least the start"
                        + " window and a lease together (3660 s)");
    }

    @Test
    void rows_are_kept_for_fifteen_days_beyond_the_completion_window() {
        Map<String, String> twoDaysAndAnHour = Map.of("COMPLETION_WINDOW_HOURS", "49");

        assertThat(settings(and(twoDaysAndAnHour, "AUDIT_RETENTION_DAYS", "18")).auditDays())
                .isEqualTo(18);
        assertThat(faultsOf(and(twoDaysAndAnHour, "AUDIT_RETENTION_DAYS", "17")))
                .singleElement()
                .isEqualTo("AUDIT_RETENTION_DAYS: 17 is too short for COMPLETION_WINDOW_HOURS: at least the completion"
                        + " window and 15 days, so 18");
    }

    @Test
    void the_schedule_is_named_after_the_stack_and_is_a_rules_in_utc_or_that_of_a_time_zone() {
        Map<String, String> nightly = Map.of("SCHEDULE_EXPRESSION", "cron(0 2 * * ? *)");
        Map<String, String> inBerlin = new HashMap<>(nightly);
        inBerlin.put("SCHEDULE_TIMEZONE", "Europe/Berlin");
        inBerlin.put("SCHEDULE_STATE", "DISABLED");

        StackSchedule rule = settings(nightly).schedule().orElseThrow();
        assertThat(List.of(rule.name(), rule.text(), rule.sentByScheduler()))
                .containsExactly("server-backup-schedule", "cron(0 2 * * ? *) UTC rule ENABLED", false);
        assertThat(rule.expression()).isPresent();
        StackSchedule zoned = settings(inBerlin).schedule().orElseThrow();
        assertThat(List.of(zoned.text(), zoned.sentByScheduler()))
                .containsExactly("cron(0 2 * * ? *) Europe/Berlin Scheduler DISABLED", true);
        assertThat(zoned.expression()).isEmpty();
    }

    @Test
    void retention_is_by_the_calendar_of_the_schedules_time_zone_and_may_be_only_said() {
        assertThat(settings(Map.of("RETAINED_BACKUPS", "7", "RETENTION_DRY_RUN", "true"))
                        .retention())
                .isEqualTo(new RetentionPolicy(RetentionRule.parse("last 7"), ZoneId.of("UTC"), true));
        assertThat(settings(Map.of("RETAINED_BACKUPS", "last 7, daily 14", "SCHEDULE_TIMEZONE", "Europe/Berlin"))
                        .retention())
                .isEqualTo(new RetentionPolicy(
                        RetentionRule.parse("last 7, daily 14"), ZoneId.of("Europe/Berlin"), false));
    }

    @ParameterizedTest
    @CsvSource({
        "RETENTION_DRY_RUN, '', 'RETENTION_DRY_RUN: true or false, not \"\"'",
        "RETENTION_DRY_RUN, TRUE, 'RETENTION_DRY_RUN: true or false, not \"TRUE\"'",
        "RETENTION_DRY_RUN, 1, 'RETENTION_DRY_RUN: true or false, not \"1\"'",
        "RETENTION_DRY_RUN, ' true', 'RETENTION_DRY_RUN: true or false, not \" true\"'",
        "SCHEDULE_STATE, PAUSED, 'SCHEDULE_STATE: ENABLED or DISABLED, not \"PAUSED\"'",
        "EVENT_BUS, ' ', EVENT_BUS is missing",
        "DEFAULT_SELECTOR, '{\"tag\":{\"Backup\":[]}}', 'DEFAULT_SELECTOR.tag: is unknown; did you mean `tags`?"
                + " allowed are all, excludeTags, serverNames, tags'",
        "FUNCTION_TIMEOUT_SECONDS, 29, 'FUNCTION_TIMEOUT_SECONDS: 29 is too short for one call: at least"
                + " CALL_TIMEOUT_SECONDS and 15, so 30'",
        "RETAINED_BACKUPS, hourly 3, 'RETAINED_BACKUPS: \"hourly 3\" is not a rule; allowed is a whole number from 0 to"
                + " 1000, or any of last, daily, weekly, monthly and yearly, each once with a number from 1 to 1000,"
                + " such as \"last 7, daily 14, weekly 8, monthly 12, yearly 3\"'",
        "SCHEDULE_TIMEZONE, Mars/Base, 'SCHEDULE_TIMEZONE: \"Mars/Base\" is not a known time zone; allowed is an"
                + " IANA name such as Europe/Berlin'"
    })
    void what_cannot_be_taken_is_refused_with_what_is_allowed(String name, String said, String fault) {
        assertThat(faultsOf(Map.of(name, said))).containsExactly(fault);
    }

    @Test
    void run_command_needs_documents_and_destination_and_has_defaults_for_the_rest() {
        assertThat(Settings.from(systemsManager(Map.of())).backend())
                .isEqualTo(new Backend.RunCommand(
                        new RunCommandSettings(
                                new Documents(
                                        DocumentReference.parse("Backup:3"),
                                        DocumentReference.parse("Delete:1"),
                                        Optional.empty()),
                                "s3://backups/servers",
                                Duration.ofMinutes(10),
                                Duration.ofHours(6),
                                50,
                                Optional.empty()),
                        Optional.of(DocumentReference.parse("Verify:2"))));
    }

    @Test
    void without_verifications_no_document_verifies() {
        assertThat(Settings.from(systemsManager(Map.of("VERIFY_DAYS", "0", "VERIFICATION_DOCUMENT", "")))
                        .backend())
                .isInstanceOfSatisfying(
                        Backend.RunCommand.class,
                        runCommand -> assertThat(runCommand.verification()).isEmpty());
    }

    @ParameterizedTest
    @CsvSource({
        "BACKUP_BACKEND, aws-backup, 'BACKUP_BACKEND: opsworks-cm or systems-manager, not \"aws-backup\"'",
        "BACKUP_DOCUMENT, AWS-RunShellScript, 'BACKUP_DOCUMENT: a document is pinned as NAME:VERSION or NAME@SHA256,"
                + " not \"AWS-RunShellScript\"'",
        "DELETION_DOCUMENT, '', DELETION_DOCUMENT is missing",
        "VERIFICATION_DOCUMENT, '', VERIFICATION_DOCUMENT is missing",
        "DEFAULT_BACKUP_ENGINE, chef, 'DEFAULT_BACKUP_ENGINE: one of [chef-automate, puppet-enterprise, generic], not"
                + " \"chef\"'",
        "BACKUP_DESTINATION, '', BACKUP_DESTINATION is missing",
        "BACKUP_DESTINATION, backups, 'BACKUP_DESTINATION: the destination is an absolute directory or"
                + " s3://bucket/prefix of letters, digits, ''.'', ''_'', ''='' and ''-'', not \"backups\"'",
        "BACKUP_TIMEOUT_HOURS, 49, 'BACKUP_TIMEOUT_HOURS: a whole number from 1 to 48, not \"49\"'",
        "COMMAND_DELIVERY_TIMEOUT_SECONDS, 29, 'COMMAND_DELIVERY_TIMEOUT_SECONDS: a whole number from 30 to 2592000,"
                + " not \"29\"'",
        "MAX_BACKUPS_PER_SERVER, 0, 'MAX_BACKUPS_PER_SERVER: a whole number from 1 to 1000, not \"0\"'",
        "BACKUP_TIMEOUT_HOURS, 30, 'COMPLETION_WINDOW_HOURS: must be at least START_WINDOW_MINUTES,"
                + " COMMAND_DELIVERY_TIMEOUT_SECONDS and BACKUP_TIMEOUT_HOURS together, since the command of a dead"
                + " agent ends no earlier'",
        "COMMAND_LOG_GROUP, '', COMMAND_LOG_GROUP is missing"
    })
    void what_is_wrong_with_the_settings_of_run_command_is_named_with_what_is_allowed(
            String name, String said, String fault) {
        assertThat(faultsIn(systemsManager(Map.of(name, said)))).containsExactly(fault);
    }

    @Test
    void rows_are_kept_for_as_long_as_retention_may_keep_a_backup_and_15_days() {
        assertThat(settings(Map.of("RETAINED_BACKUPS", "yearly 3")).auditDays()).isEqualTo(3 * 366 + 15);
        assertThat(settings(Map.of("RETAINED_BACKUPS", "monthly 12")).auditDays())
                .isEqualTo(400);
        assertThat(settings(Map.of("RETAINED_BACKUPS", "1000")).auditDays()).isEqualTo(400);
    }

    @Test
    void a_variable_of_somebody_else_is_passed_over() {
        assertThat(settings(Map.of("AWS_REGION", "eu-central-1", "MAX_TARGET", "no number")))
                .isEqualTo(settings(Map.of()));
    }

    static Stream<Variable> numbers() {
        return Variable.NUMBERS.stream();
    }

    private static Settings settings(Map<String, String> said) {
        return Settings.from(onTopOfTheLeast(said));
    }

    private static List<String> faultsOf(Map<String, String> said) {
        return faultsIn(onTopOfTheLeast(said));
    }

    private static List<String> faultsIn(Map<String, String> environment) {
        try {
            Settings.from(environment);
            return List.of();
        } catch (InvalidSettingsException e) {
            return e.getMessage()
                    .lines()
                    .skip(1)
                    .map(line -> line.substring("- ".length()))
                    .toList();
        }
    }

    private static Map<String, String> onTopOfTheLeast(Map<String, String> said) {
        Map<String, String> environment = new HashMap<>(LEAST_NEEDED);
        environment.putAll(said);
        return environment;
    }

    private static Map<String, String> systemsManager(Map<String, String> said) {
        Map<String, String> environment = onTopOfTheLeast(Map.of(
                "BACKUP_BACKEND", "systems-manager",
                "BACKUP_DOCUMENT", "Backup:3",
                "DELETION_DOCUMENT", "Delete:1",
                "VERIFICATION_DOCUMENT", "Verify:2",
                "BACKUP_DESTINATION", "s3://backups/servers"));
        environment.putAll(said);
        return environment;
    }

    private static Map<String, String> and(Map<String, String> others, String name, String value) {
        Map<String, String> all = new HashMap<>(others);
        all.put(name, value);
        return all;
    }

    private static String fault(Variable variable, String said) {
        return "%s: a whole number from %d to %d, not \"%s\""
                .formatted(variable, variable.least(), variable.most(), said);
    }
}
