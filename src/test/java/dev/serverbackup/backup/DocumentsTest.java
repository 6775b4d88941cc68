package dev.serverbackup.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.serverbackup.backup.Documents.Pin;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentsTest {
    private static final String HASH = "0123456789abcdef".repeat(4);

    @Test
    void each_engine_has_its_pinned_document() {
        Documents documents =
                Documents.parse("chef-automate=Chef:3, generic=My.Doc@" + HASH + ", delete=Del:1", Optional.empty());

        assertThat(documents.backing(Optional.of("chef-automate")))
                .contains(new Pin("Chef", Optional.of("3"), Optional.empty()));
        assertThat(documents.backing(Optional.of("generic")))
                .contains(new Pin("My.Doc", Optional.empty(), Optional.of(HASH)));
        assertThat(documents.deletion().name()).isEqualTo("Del");
    }

    @Test
    void a_shared_documents_arn_is_pinned_too() {
        String arn = "arn:aws:ssm:eu-west-1:123456789012:document/Chef";

        assertThat(Documents.parse("chef=" + arn + ":12,delete=Del:1", Optional.empty())
                        .backing(Optional.of("chef")))
                .contains(new Pin(arn, Optional.of("12"), Optional.empty()));
    }

    @Test
    void without_a_default_a_server_must_name_its_engine() {
        Documents documents = Documents.parse("generic=Doc:1,delete=Del:1", Optional.empty());

        assertThat(documents.backing(Optional.empty())).isEmpty();
        assertThat(documents.backing(Optional.of("delete"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "generic",
                "generic=Doc,delete=Del:1",
                "generic=Doc:$LATEST,delete=Del:1",
                "generic=Doc:1",
                "delete=Del:1",
                "generic=Doc:1,generic=Doc:2,delete=Del:1",
                "generic=Doc@abc,delete=Del:1",
                "=Doc:1,delete=Del:1",
                "generic=Doc:1,,delete=Del:1"
            })
    void what_is_not_pinned_is_refused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Documents.parse(text, Optional.empty()));
    }

    @Test
    void a_default_that_is_no_engine_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Documents.parse("generic=Doc:1,delete=Del:1", Optional.of("chef")))
                .withMessageContaining("[generic]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "backups", "/a b", "/a;rm", "/a/../etc", "/..", "/.hidden", "s3://", "/a'", "/$(id)", "/a/"})
    void a_destination_that_a_shell_could_misread_is_refused(String destination) {
        Documents documents = Documents.parse("generic=Doc:1,delete=Del:1", Optional.empty());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CommandTerms(
                        documents, destination, Duration.ofMinutes(1), Duration.ofHours(1), 1, Optional.empty()));
    }
}
