package dev.serverbackup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.audit.EntryStatus;
import dev.serverbackup.followup.FollowUpReport;
import dev.serverbackup.local.eventbridge.BusEvent;
import dev.serverbackup.local.http.Call;
import dev.serverbackup.local.http.CallPattern;
import dev.serverbackup.local.systemsmanager.StatusEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import software.amazon.event.ruler.Ruler;

/** Backups by commands that really run, under the template's roles: how they end, and are verified. */
class OnInstancesIT {
    private static final String WIKI = "mi-0a1b2c3d4e5f60003";
    private static final String PUPPET = "mi-0a1b2c3d4e5f60002";

    @AutoClose
    private final LocalApplication app = LocalApplication.onInstances(Map.of());

    private static boolean isChosen(BusEvent event) {
        try {
            return Ruler.matchesRule(LocalApplication.envelope(event), CommandEndTest.PATTERN);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** For a storm of ends: no figures are measured, and no other server is asked for. The clock stands still. */
    @Test
    void the_end_of_a_command_alone_is_chosen_and_makes_its_entry_succeed_at_once_with_two_calls() {
        app.run("nightly");
        List<BusEvent> notified = app.notified(StatusEvent.DETAIL_TYPE).stream()
                .filter(event ->
                        event.parsedDetail().path("instance-id").asText().equals(WIKI))
                .toList();
        List<BusEvent> chosen =
                notified.stream().filter(OnInstancesIT::isChosen).toList();
        assertThat(notified).hasSizeGreaterThan(1);
        assertThat(chosen)
                .extracting(event -> event.parsedDetail().get("status").textValue())
                .containsExactly("Success");
        int before = app.calls(CallPattern.any()).size();

        FollowUpReport report = app.pass(chosen.getFirst());

        assertThat(report.entries()).isEqualTo(Map.of("SUCCEEDED", 1));
        assertThat(app.entry(WIKI).status()).isEqualTo(EntryStatus.SUCCEEDED);
        assertThat(app.entry(WIKI).finishedAt()).contains(Samples.TWO_O_CLOCK);
        assertThat(app.entry(PUPPET).status()).isEqualTo(EntryStatus.STARTED);
        assertThat(app.calls(CallPattern.any()).stream().skip(before))
                .extracting(Call::operation)
                .containsExactly("ListCommands", "GetCommandInvocation", "PutEvents");
    }

    private String verified() {
        return app.item("nightly", "server#" + WIKI)
                .get("verification")
                .m()
                .get("result")
                .s();
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "the documents are for Linux servers")
    void a_new_artefact_is_read_back_and_one_that_is_damaged_later_is_reported() throws IOException {
        app.run("nightly");
        app.passesLater(3);
        Path artefact = Path.of(app.entry(WIKI).backup().orElseThrow().artefact());
        assertThat(verified()).isEqualTo("PASSED");
        assertThat(app.item("nightly", "server#" + WIKI)).containsKey("verifiedAt");

        byte[] content = Files.readAllBytes(artefact);
        content[content.length / 2] ^= 1;
        Files.write(artefact, content);
        app.passLater(Duration.ofDays(7));
        app.passesLater(1);

        assertThat(verified()).isEqualTo("FAILED");
        assertThat(app.item("nightly", "server#" + WIKI)).doesNotContainKey("verifiedAt");
        assertThat(app.notified("Server Backup Verification Failed"))
                .singleElement()
                .satisfies(event -> assertThat(
                                event.parsedDetail().at("/error/message").textValue())
                        .isEqualTo("the artefact at %s has another SHA-256 than the audit says".formatted(artefact)));
    }
}
