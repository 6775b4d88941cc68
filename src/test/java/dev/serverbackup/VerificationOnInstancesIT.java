package dev.serverbackup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.audit.Entry;
import dev.serverbackup.request.ServerName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Artefacts are read back on the instances themselves, by commands that really run, under the template's role. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "the documents are for Linux servers")
class VerificationOnInstancesIT {
    private static final ServerName SERVER = InstancesStage.server("wiki");
    private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);

    private final InstancesStage stage = new InstancesStage(Map.of());

    private String result() {
        AttributeValue verification = stage.item("nightly", SERVER).get("verification");
        return verification == null ? "none" : verification.m().get("result").s();
    }

    /** Backed up, and its first verification has ended. */
    private Path verifiedOnce() {
        stage.run("nightly");
        stage.passLater(FIVE_MINUTES);
        stage.passLater(FIVE_MINUTES);
        stage.passLater(FIVE_MINUTES);
        Entry entry = stage.entry("nightly", SERVER);
        return Path.of(entry.backup().orElseThrow().artefact());
    }

    @Test
    void a_new_artefact_is_read_back_and_one_that_is_spoiled_later_is_told() throws IOException {
        try (stage) {
            Path artefact = verifiedOnce();
            assertThat(result()).isEqualTo("PASSED");
            assertThat(stage.item("nightly", SERVER)).containsKey("verifiedAt");

            byte[] content = Files.readAllBytes(artefact);
            content[content.length / 2] ^= 1;
            Files.write(artefact, content);
            stage.passLater(Duration.ofDays(7));
            stage.passLater(FIVE_MINUTES);

            assertThat(result()).isEqualTo("FAILED");
            assertThat(stage.item("nightly", SERVER)).doesNotContainKey("verifiedAt");
            assertThat(stage.cloud.bus().events())
                    .filteredOn(event -> event.detailType().equals("Server Backup Verification Failed"))
                    .singleElement()
                    .satisfies(event -> assertThat(
                                    event.parsedDetail().at("/error/message").textValue())
                            .isEqualTo(
                                    "the artefact at %s has another SHA-256 than the audit says".formatted(artefact)));
        }
    }
}
