package dev.serverbackup.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.serverbackup.backup.Documents.DocumentReference;
import java.time.Duration;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentsTest {
    private static final String HASH = "0123456789abcdef".repeat(4);

    @Test
    void a_document_is_pinned_by_its_version_or_by_its_hash() {
        assertThat(DocumentReference.parse("Backup:3"))
                .isEqualTo(new DocumentReference("Backup", Optional.of("3"), Optional.empty()));
        assertThat(DocumentReference.parse("My.Doc@" + HASH))
                .isEqualTo(new DocumentReference("My.Doc", Optional.empty(), Optional.of(HASH)));
    }

    @Test
    void a_shared_documents_arn_is_pinned_too() {
        String arn = "arn:aws-us-gov:ssm:us-gov-west-1:123456789012:document/Backup";

        assertThat(DocumentReference.parse(arn + ":12"))
                .isEqualTo(new DocumentReference(arn, Optional.of("12"), Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Doc", "Doc:", "Doc:$LATEST", "Doc:$DEFAULT", "Doc@abc", ":1", "generic=Doc:1"})
    void what_is_not_pinned_is_refused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DocumentReference.parse(text))
                .withMessage("a document is pinned as NAME:VERSION or NAME@SHA256, not \"" + text + "\"");
    }

    /** A name that is no engine is none, and not the default. */
    @ParameterizedTest
    @CsvSource({
        "chef-automate, , CHEF_AUTOMATE",
        "puppet-enterprise, , PUPPET_ENTERPRISE",
        "generic, CHEF_AUTOMATE, GENERIC",
        ", CHEF_AUTOMATE, CHEF_AUTOMATE",
        ", ,",
        "Generic, GENERIC,",
        "delete, GENERIC,",
        "AWS-RunShellScript, GENERIC,"
    })
    void a_server_names_its_engine_or_has_the_default(String tag, BackupEngine byDefault, BackupEngine engine) {
        assertThat(documents(Optional.ofNullable(byDefault)).engine(Optional.ofNullable(tag)))
                .isEqualTo(Optional.ofNullable(engine));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "backups", "/a b", "/a;rm", "/a/../etc", "/..", "/.hidden", "s3://", "/a'", "/$(id)", "/a/"})
    void a_destination_that_a_shell_could_misread_is_refused(String destination) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(destination, Duration.ofMinutes(1), Duration.ofHours(1), 1));
    }

    /** Of how many characters a destination is, how long a command waits and runs, and how many backups there may be. */
    @ParameterizedTest
    @CsvSource({
        "500, PT30S, PT1M, 1, true",
        "500, P30D, PT48H, 1, true",
        "501, PT30S, PT1M, 1, false",
        "500, PT29.999S, PT1M, 1, false",
        "500, PT720H0.001S, PT1M, 1, false",
        "500, PT30S, PT59.999S, 1, false",
        "500, PT30S, PT48H0.001S, 1, false",
        "500, PT30S, PT1M, 0, false"
    })
    void settings_of_commands_have_limits(
            int characters, Duration delivery, Duration execution, int backups, boolean allowed) {
        ThrowingCallable settings = () -> settings("/" + "a".repeat(characters - 1), delivery, execution, backups);

        if (allowed) {
            assertThatCode(settings).doesNotThrowAnyException();
        } else {
            assertThatIllegalArgumentException().isThrownBy(settings);
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_backend_is_known_by_its_name(BackupBackend backend) {
        assertThat(BackupBackend.of(backend.id())).isEqualTo(backend);
        assertThat(backend).hasToString(backend.id());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BackupBackend.of("by-hand"))
                .withMessageContaining("\"by-hand\"");
    }

    private static RunCommandSettings settings(String destination, Duration delivery, Duration execution, int backups) {
        return new RunCommandSettings(
                documents(Optional.empty()), destination, delivery, execution, backups, Optional.empty());
    }

    private static Documents documents(Optional<BackupEngine> byDefault) {
        return new Documents(DocumentReference.parse("Backup:3"), DocumentReference.parse("Delete:1"), byDefault);
    }
}
