package dev.serverbackup.documents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.local.dynamodb.TemplateSection;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yaml.snakeyaml.Yaml;

/** What {@code documents/assemble} makes is what is there. */
class AssembledTest {
    private static final Path DEPLOY = Path.of("deploy");

    @Test
    void documents_and_template_are_made_of_the_parts(@TempDir Path made) throws Exception {
        Process assembling = new ProcessBuilder("documents/assemble", made.toString())
                .inheritIO()
                .start();
        assertThat(assembling.waitFor()).isZero();

        try (Stream<Path> files = Files.list(made)) {
            assertThat(files.toList())
                    .hasSize(6)
                    .allSatisfy(file -> assertThat(file).hasSameTextualContentAs(inPlace(file.getFileName())));
        }
    }

    private static Path inPlace(Path file) {
        Path template = DEPLOY.resolve(file);
        return Files.exists(template) ? template : ServerShell.DOCUMENTS.resolve(file);
    }

    /** What a person may have changed in the template by hand, and the next assembling would undo. */
    @ParameterizedTest
    @CsvSource({
        "run-command.yaml, BackupDocument, backup",
        "run-command.yaml, DeletionDocument, delete",
        "verify-and-restore.yaml, VerificationDocument, verify",
        "verify-and-restore.yaml, RestoreDocument, restore"
    })
    void the_template_has_each_document_whole_under_a_name_of_its_content(String template, String resource, String name)
            throws Exception {
        Path file = ServerShell.DOCUMENTS.resolve(name + ".yaml");
        TemplateSection properties = TemplateSection.read(DEPLOY.resolve(template))
                .section("Resources")
                .section(resource)
                .section("Properties");

        assertThat(properties.section("Content").values()).isEqualTo(read(file));
        assertThat(properties.section("Name").text("Fn::Sub"))
                .isEqualTo("${Application}-%s-%s".formatted(name, sum(file).substring(0, 12)));
    }

    /** CloudFormation would put something else into the text, or wait for a secret. */
    @Test
    void nothing_in_a_document_means_anything_to_cloudformation() throws IOException {
        for (String name : List.of("backup", "delete", "verify", "restore")) {
            assertThat(Files.readString(ServerShell.DOCUMENTS.resolve(name + ".yaml")))
                    .doesNotContain("{{resolve:", "!Sub", "!Ref", "Fn::");
        }
    }

    private static Map<String, Object> read(Path file) throws IOException {
        try (InputStream content = Files.newInputStream(file)) {
            return new Yaml().load(content);
        }
    }

    private static String sum(Path file) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }
}
