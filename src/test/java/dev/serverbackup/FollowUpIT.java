package dev.serverbackup;

import static dev.serverbackup.LocalApplication.tagged;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.audit.Entry;
import dev.serverbackup.audit.EntryStatus;
import dev.serverbackup.audit.RunStatus;
import dev.serverbackup.backup.Backup;
import dev.serverbackup.backup.BackupError;
import dev.serverbackup.backup.BackupStatus;
import dev.serverbackup.backup.ErrorType;
import dev.serverbackup.followup.FollowUpReport;
import dev.serverbackup.local.eventbridge.BusEvent;
import dev.serverbackup.local.fleet.FleetServer;
import dev.serverbackup.local.opsworkscm.account.StoredBackup;
import dev.serverbackup.local.opsworkscm.account.StoredBackupStatus;
import dev.serverbackup.server.Server;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** How the follow-up takes what a run has begun to its end, on the local cloud. */
class FollowUpIT {
    private static BackupStatus lastDescribed(Entry entry) {
        return entry.backup().map(Backup::status).orElseThrow();
    }

    @Test
    void a_backup_that_ends_well_makes_its_entry_and_then_its_run_succeed_and_both_are_reported() {
        try (var app = LocalApplication.over(tagged("alpha"))) {
            app.run("nightly");

            FollowUpReport first = app.pass();
            assertThat(first.entries()).isEqualTo(Map.of("STARTED", 1));
            assertThat(first.complete()).isTrue();
            app.passesLater(2);

            assertThat(app.entry("alpha").status()).isEqualTo(EntryStatus.SUCCEEDED);
            assertThat(lastDescribed(app.entry("alpha"))).isEqualTo(BackupStatus.OK);
            assertThat(app.runRow().status()).isEqualTo(RunStatus.SUCCEEDED);
            assertThat(app.runRow().counts()).isEqualTo(Map.of(EntryStatus.SUCCEEDED, 1));
            assertThat(app.cloud.bus().events())
                    .extracting(
                            event -> event.parsedDetail().get("notificationId").textValue())
                    .containsExactly("nightly/alpha", "nightly");
            assertThat(List.of("server#alpha", "run"))
                    .allSatisfy(row -> assertThat(app.item("nightly", row))
                            .doesNotContainKeys("open", "nextActionAt")
                            .containsKeys("notifiedAt", "expiresAt"));
        }
    }

    @Test
    void the_day_is_reported_once_at_its_hour_with_what_its_runs_came_to() {
        try (var app =
                LocalApplication.over(tagged("alpha"), tagged("bravo").whoseBackupsFail("no space left on device"))) {
            // The first pass of a stack: its digests begin here.
            app.pass();
            app.run("nightly");
            app.passesLater(3);

            app.passLater(Duration.ofHours(6));
            app.passesLater(2);

            assertThat(app.entry("bravo").error())
                    .contains(BackupError.known(ErrorType.BACKUP_FAILED, "no space left on device"));
            assertThat(lastDescribed(app.entry("bravo"))).isEqualTo(BackupStatus.FAILED);
            assertThat(app.runRow().status()).isEqualTo(RunStatus.PARTIALLY_FAILED);
            List<BusEvent> digests = app.notified("Server Backup Digest");
            assertThat(digests).hasSize(1);
            assertThat(NotificationSchemas.faultsOf(digests.getFirst().envelope("123456789012", "eu-central-1")))
                    .isEmpty();
            assertThat(digests.getFirst().parsedDetail().get("message").textValue())
                    .isEqualTo("""
                        From 2026-03-01 02:00 to 2026-03-01 08:00 (UTC): 1 of 2 backups succeeded in 1 run.
                        BackupFailed: bravo.
                        Details: ./server-backup night 2026-03-01\
                        """);
        }
    }

    @Test
    void entries_that_a_crash_left_unwritten_are_written_and_attempted() {
        try (var app = LocalApplication.over(tagged("alpha"), tagged("bravo"))) {
            app.audit.open(Samples.run(Samples.ALPHA, Samples.BRAVO));

            app.pass();
            assertThat(app.audit.entries(Samples.NIGHTLY))
                    .extracting(Entry::server)
                    .containsExactly(withoutTags(Samples.ALPHA), withoutTags(Samples.BRAVO));
            app.passesLater(3);

            assertThat(app.cloud.aws().backups()).hasSize(2);
            assertThat(app.runRow().status()).isEqualTo(RunStatus.SUCCEEDED);
            assertThat(app.runRow().counts()).isEqualTo(Map.of(EntryStatus.SUCCEEDED, 2));
        }
    }

    @Test
    void the_newest_of_our_own_backups_are_kept_and_all_others_are_left_alone() {
        FleetServer server = tagged("alpha").withBackups(3, 2);
        try (var app = LocalApplication.over(Map.of("RETAINED_BACKUPS", "2", "VERIFY_DAYS", "0"), server)) {
            for (String run : List.of("nightly", "tuesday", "wednesday")) {
                app.run(run);
                app.passesLater(3);
            }

            Instant now = app.clock.instant();
            List<String> good = app.cloud.aws().backups("alpha").stream()
                    .filter(backup -> backup.status(now) == StoredBackupStatus.OK)
                    .map(StoredBackup::description)
                    .toList();
            assertThat(good).hasSize(3 + 2 + 2);
            assertThat(good.stream().filter(description -> description.contains("[run ")))
                    .containsExactly(" [run wednesday]", " [run tuesday]");
            assertThat(app.item("nightly", "server#alpha"))
                    .containsKeys("deletingAt", "notifiedAt")
                    .doesNotContainKeys("open", "verification")
                    .containsEntry("status", AttributeValue.fromS("SUCCEEDED"));
        }
    }

    @Test
    void a_backup_is_verified_after_its_success_and_told_of_when_it_is_gone_a_week_later() {
        try (var app = LocalApplication.over(tagged("alpha"))) {
            app.run("nightly");
            app.passesLater(30);
            Map<String, AttributeValue> verification =
                    app.item("nightly", "server#alpha").get("verification").m();
            assertThat(verification.get("result").s()).isEqualTo("PASSED");
            assertThat(verification.get("checked").s()).startsWith("listed as OK");
            assertThat(app.item("nightly", "server#alpha")).containsKey("verifiedAt");
            app.deleteByHand("alpha");

            app.passLater(Duration.ofDays(7));

            BusEvent told = app.cloud.bus().events().getLast();
            assertThat(told.detailType()).isEqualTo("Server Backup Verification Failed");
            assertThat(NotificationSchemas.faultsOf(told.envelope("123456789012", "eu-central-1")))
                    .isEmpty();
            assertThat(app.item("nightly", "server#alpha")).doesNotContainKey("verifiedAt");
        }
    }

    /** The tags were read by the run that crashed: nothing is decided by them. */
    private static Server withoutTags(Server server) {
        return new Server(server.name(), server.arn(), Map.of());
    }
}
