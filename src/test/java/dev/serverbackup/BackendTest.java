package dev.serverbackup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serverbackup.backup.Documents;
import dev.serverbackup.backup.Documents.DocumentReference;
import dev.serverbackup.backup.RunCommandSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackendTest {
    private static Settings settings(Map<String, String> said) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "AUDIT_TABLE",
                "audit",
                "DEFAULT_SELECTOR",
                "{\"tags\":{\"Backup\":[]}}",
                "BACKUP_BACKEND",
                "systems-manager",
                "BACKUP_DOCUMENT",
                "Backup:3",
                "DELETION_DOCUMENT",
                "Delete:1",
                "VERIFICATION_DOCUMENT",
                "Verify:2",
                "BACKUP_DESTINATION",
                "s3://backups/servers"));
        environment.putAll(said);
        return Settings.from(environment);
    }

    @Test
    void run_command_needs_documents_and_destination_and_has_defaults_for_the_rest() {
        assertThat(settings(Map.of()).backend())
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
        assertThat(settings(Map.of("VERIFY_DAYS", "0", "VERIFICATION_DOCUMENT", ""))
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
        "BACKUP_TIMEOUT_HOURS, 30, 'COMPLETION_WINDOW_HOURS: a command of a dead agent ends only after"
                + " COMMAND_DELIVERY_TIMEOUT_SECONDS and BACKUP_TIMEOUT_HOURS; with START_WINDOW_MINUTES before them"
                + " they do not fit in'",
        "COMMAND_LOG_GROUP, '', COMMAND_LOG_GROUP is missing"
    })
    void what_is_wrong_is_named_with_what_is_allowed(String name, String said, String fault) {
        assertThatThrownBy(() -> settings(Map.of(name, said)))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessage("the environment has 1 fault(s):\n- " + fault);
    }
}
