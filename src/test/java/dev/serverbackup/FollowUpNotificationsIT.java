package dev.serverbackup;

import static dev.serverbackup.FollowUpStage.tagged;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.followup.FollowUpReport;
import dev.serverbackup.local.eventbridge.EntryError;
import dev.serverbackup.local.http.CallPattern;
import dev.serverbackup.local.http.Fault;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is told, and when a row may go, on the local cloud. */
class FollowUpNotificationsIT {
    private static final CallPattern PUT = CallPattern.of("PutEvents");
    private static final List<String> ROWS = List.of("server#alpha", "server#bravo", "run");

    private static void assertTold(FollowUpStage stage, String row) {
        assertThat(stage.item(row))
                .as(row)
                .doesNotContainKeys("open", "nextActionAt")
                .containsKey("notifiedAt");
    }

    private static void assertLeft(FollowUpStage stage, String row) {
        assertTold(stage, row);
        assertThat(stage.item(row)).as(row).containsKey("expiresAt");
    }

    private static void assertOpen(FollowUpStage stage, String row) {
        assertThat(stage.item(row))
                .as(row)
                .containsKeys("open", "nextActionAt")
                .doesNotContainKeys("notifiedAt", "expiresAt");
    }

    @Test
    void every_entry_and_the_run_are_told_once_and_only_then_leave() {
        try (var stage = new FollowUpStage(tagged("alpha"), tagged("bravo").whoseBackupsFail("no space left"))) {
            stage.run();
            ROWS.forEach(row -> assertOpen(stage, row));

            stage.passesLater(4);

            assertThat(stage.told()).containsExactlyInAnyOrder("nightly/alpha", "nightly/bravo", "nightly");
            assertThat(stage.cloud.bus().events())
                    .allSatisfy(event -> assertThat(
                                    NotificationSchemas.faultsOf(event.envelope("123456789012", "eu-west-1")))
                            .isEmpty());
            ROWS.forEach(row -> assertLeft(stage, row));
            assertThat(stage.pass().rows()).isZero();
        }
    }

    @Test
    void a_notification_that_the_bus_refuses_is_due_again_at_the_next_pass() {
        try (var stage = new FollowUpStage(tagged("alpha"), tagged("bravo"))) {
            stage.cloud
                    .bus()
                    .refuse(event -> FollowUpStage.notificationId(event).endsWith("bravo"), EntryError.THROTTLING);
            stage.run();

            FollowUpReport report = stage.passesLater(1);
            assertThat(report.notificationsDue()).isEqualTo(1);
            assertTold(stage, "server#alpha");
            assertThat(stage.item("server#alpha"))
                    .as("no row of a run expires before the whole run is told")
                    .doesNotContainKey("expiresAt");
            assertOpen(stage, "server#bravo");
            assertThat(stage.entry("bravo").status().isFinal()).isTrue();

            stage.cloud.bus().acceptAll();
            stage.passesLater(2);

            assertThat(stage.told()).containsExactlyInAnyOrder("nightly/alpha", "nightly/bravo", "nightly");
            ROWS.forEach(row -> assertLeft(stage, row));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void while_the_bus_is_down_backups_go_on_and_everything_is_told_afterwards(boolean effect) {
        try (var stage = new FollowUpStage(tagged("alpha"))) {
            stage.cloud.aws().faults().always(PUT, effect ? Fault.accessDenied() : Fault.unavailable());
            stage.run();
            stage.passesLater(3);
            assertThat(stage.entry("alpha").status().isFinal()).isTrue();
            assertThat(stage.told()).isEmpty();

            stage.cloud.aws().faults().clear();
            FollowUpReport report = stage.passesLater(1);

            assertThat(report.notificationsSent()).isEqualTo(2);
            assertThat(stage.told()).containsExactlyInAnyOrder("nightly/alpha", "nightly");
        }
    }

    @Test
    void where_the_bus_s_answer_is_lost_the_same_notification_comes_again() {
        try (var stage = new FollowUpStage(tagged("alpha"))) {
            stage.run();
            stage.cloud.aws().faults().next(1, PUT, new Fault.LoseAnswer());

            stage.passesLater(2);

            assertThat(stage.told()).contains("nightly/alpha", "nightly");
            assertThat(stage.told().stream().filter("nightly/alpha"::equals)).hasSize(2);
            ROWS.stream().filter(row -> !row.endsWith("bravo")).forEach(row -> assertLeft(stage, row));
        }
    }
}
