package dev.serverbackup.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.serverbackup.backup.Documents.DocumentReference;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
        Documents documents = documents(Optional.empty());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RunCommandSettings(
                        documents, destination, Duration.ofMinutes(1), Duration.ofHours(1), 1, Optional.empty()));
    }

    private static Documents documents(Optional<BackupEngine> byDefault) {
        return new Documents(DocumentReference.parse("Backup:3"), DocumentReference.parse("Delete:1"), byDefault);
    }
}
