package dev.serverbackup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serverbackup.backup.CommandTerms;
import dev.serverbackup.backup.Documents;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackendTest {
    private static final String DOCUMENTS = "generic=Generic:1,delete=Delete:1";

    private static Settings settings(Map<String, String> said) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "AUDIT_TABLE",
                "audit",
                "DEFAULT_SELECTOR",
                "{\"tags\":{\"Backup\":[]}}",
                "BACKUP_BACKEND",
                "systems-manager",
                "BACKUP_DOCUMENTS",
                DOCUMENTS));
        environment.putAll(said);
        return Settings.from(environment);
    }

    @Test
    void run_command_needs_its_documents_and_has_defaults_for_the_rest() {
        assertThat(settings(Map.of()).backend())
                .isEqualTo(new Backend.RunCommand(new CommandTerms(
                        Documents.parse(DOCUMENTS, Optional.empty()),
                        "/var/lib/server-backup/artefacts",
                        Duration.ofMinutes(10),
                        Duration.ofHours(6),
                        50,
                        Optional.empty())));
    }

    @ParameterizedTest
    @CsvSource({
        "BACKUP_BACKEND, aws-backup, opsworks-cm or systems-manager",
        "BACKUP_DOCUMENTS, generic=AWS-RunShellScript, BACKUP_DOCUMENTS",
        "DEFAULT_BACKUP_ENGINE, chef, the default engine is one of [generic]",
        "BACKUP_DESTINATION, backups, BACKUP_DESTINATION",
        "BACKUP_HOURS, 49, from 1 to 48",
        "DELIVERY_SECONDS, 29, from 30",
        "BACKUPS_PER_SERVER, 0, from 1",
        "BACKUP_HOURS, 30, COMPLETION_WINDOW_HOURS",
        "COMMAND_LOG_GROUP, '', COMMAND_LOG_GROUP"
    })
    void what_is_wrong_is_named_with_what_is_allowed(String name, String said, String fault) {
        assertThatThrownBy(() -> settings(Map.of(name, said)))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining(fault);
    }
}
