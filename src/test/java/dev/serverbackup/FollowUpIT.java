package dev.serverbackup;

import static dev.serverbackup.FollowUpStage.tagged;
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
import dev.serverbackup.local.http.CallPattern;
import dev.serverbackup.local.http.Fault;
import dev.serverbackup.server.Server;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How the follow-up takes what a run has begun to its end, on the local cloud. */
class FollowUpIT {
    private static final CallPattern CREATE = CallPattern.of("CreateBackup");

    private static BackupStatus lastDescribed(Entry entry) {
        return entry.backup().map(Backup::status).orElseThrow();
    }

    @Test
    void a_backup_that_ends_well_makes_its_entry_and_then_its_run_succeed_and_both_are_told() {
        try (var stage = new FollowUpStage(tagged("alpha"))) {
            stage.run();

            FollowUpReport first = stage.pass();
            assertThat(first.entries()).isEqualTo(Map.of("STARTED", 1));
            assertThat(first.complete()).isTrue();
            stage.passesLater(2);

            assertThat(stage.entry("alpha").status()).isEqualTo(EntryStatus.SUCCEEDED);
            assertThat(lastDescribed(stage.entry("alpha"))).isEqualTo(BackupStatus.OK);
            assertThat(stage.runRow().status()).isEqualTo(RunStatus.SUCCEEDED);
            assertThat(stage.runRow().counts()).isEqualTo(Map.of(EntryStatus.SUCCEEDED, 1));
            assertThat(stage.told()).containsExactly("nightly/alpha", "nightly");
            assertThat(List.of("server#alpha", "run"))
                    .allSatisfy(row -> assertThat(stage.item(row))
                            .doesNotContainKeys("open", "nextActionAt")
                            .containsKeys("notifiedAt", "expiresAt"));
        }
    }

    @Test
    void a_backup_that_fails_makes_its_entry_fail_in_the_service_s_words() {
        try (var stage = new FollowUpStage(tagged("alpha").whoseBackupsFail("no space left on device"))) {
            stage.run();

            stage.passesLater(2);

            Entry failed = stage.entry("alpha");
            assertThat(failed.status()).isEqualTo(EntryStatus.FAILED);
            assertThat(failed.error()).contains(BackupError.known(ErrorType.BACKUP_FAILED, "no space left on device"));
            assertThat(lastDescribed(failed)).isEqualTo(BackupStatus.FAILED);
            assertThat(stage.runRow().status()).isEqualTo(RunStatus.FAILED);
        }
    }

    @Test
    void the_day_is_told_once_at_its_hour_with_what_its_runs_came_to() {
        try (var stage =
                new FollowUpStage(tagged("alpha"), tagged("bravo").whoseBackupsFail("no space left on device"))) {
            // The first pass of a stack: its digests begin here.
            stage.pass();
            stage.run();
            stage.passesLater(3);

            stage.passLater(Duration.ofHours(6));
            stage.passesLater(2);

            List<BusEvent> digests = stage.cloud.bus().events().stream()
                    .filter(event -> event.detailType().equals("Server Backup Digest"))
                    .toList();
            assertThat(digests).hasSize(1);
            assertThat(NotificationSchemas.faultsOf(digests.getFirst().envelope("123456789012", "eu-central-1")))
                    .isEmpty();
            assertThat(digests.getFirst().parsedDetail().get("message").textValue())
                    .isEqualTo("""
                        From 2026-03-01 02:00 to 2026-03-01 08:00 (UTC): 1 of 2 backups succeeded in 1 run.
                        BackupFailed: bravo.
                        More about it: ./server-backup night 2026-03-01\
                        """);
        }
    }

    @Test
    void a_backup_whose_answer_was_lost_is_adopted() {
        try (var stage = new FollowUpStage(tagged("alpha"))) {
            stage.cloud.aws().faults().next(1, CREATE, new Fault.LoseAnswer());
            stage.run();
            assertThat(stage.entry("alpha").status()).isEqualTo(EntryStatus.CALLING);

            stage.passesLater(2);

            assertThat(stage.entry("alpha").status()).isEqualTo(EntryStatus.SUCCEEDED);
            assertThat(stage.entry("alpha").attempts()).isEqualTo(1);
            assertThat(stage.cloud.aws().backups()).hasSize(1);
        }
    }

    @Test
    void entries_that_a_crash_left_unwritten_are_written_and_attempted() {
        try (var stage = new FollowUpStage(tagged("alpha"), tagged("bravo"))) {
            stage.audit.open(Samples.run(Samples.ALPHA, Samples.BRAVO));

            stage.pass();
            assertThat(stage.audit.entries(Samples.NIGHTLY))
                    .extracting(Entry::server)
                    .containsExactly(withoutTags(Samples.ALPHA), withoutTags(Samples.BRAVO));
            stage.passesLater(3);

            assertThat(stage.cloud.aws().backups()).hasSize(2);
            assertThat(stage.runRow().status()).isEqualTo(RunStatus.SUCCEEDED);
            assertThat(stage.runRow().counts()).isEqualTo(Map.of(EntryStatus.SUCCEEDED, 2));
        }
    }

    /** The tags were read by the run that crashed: nothing is decided by them. */
    private static Server withoutTags(Server server) {
        return new Server(server.name(), server.arn(), Map.of());
    }
}
