package dev.serverbackup.followup;

import static dev.serverbackup.Samples.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.NotificationSchemas;
import dev.serverbackup.audit.Entry;
import dev.serverbackup.audit.EntryStatus;
import dev.serverbackup.audit.Run;
import dev.serverbackup.audit.RunStatus;
import dev.serverbackup.backup.Backup;
import dev.serverbackup.backup.BackupBackend;
import dev.serverbackup.backup.BackupError;
import dev.serverbackup.backup.ErrorType;
import dev.serverbackup.notification.Notification;
import dev.serverbackup.notification.Notification.Kind;
import dev.serverbackup.request.RunId;
import dev.serverbackup.server.Server;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NotificationMapperTest {
    private static final Instant END = TWO_O_CLOCK.plusSeconds(600);
    private static final Entry SUCCEEDED =
            started(ALPHA).succeeded(backup(ALPHA).with(Backup.STATUS, "OK"), END);

    static List<Entry> final_entries_of_every_kind() {
        Entry named = Entry.pending(
                RunId.ofSchedule("nightly", TWO_O_CLOCK),
                BackupBackend.OPSWORKS_CM,
                Server.named(ALPHA.name()),
                TWO_O_CLOCK);
        return List.of(
                SUCCEEDED,
                named.failed(BackupError.known(ErrorType.START_WINDOW_EXCEEDED, ""), END),
                named.claimed(FIRST, END).failed(BUSY, END),
                claimed(ALPHA).inDoubt(NO_ANSWER).failed(NO_ANSWER, END),
                started(ALPHA).failed(BackupError.known(ErrorType.BACKUP_FAILED, "x".repeat(9_999)), END.plusMillis(1)),
                claimed(ALPHA)
                        .failed(
                                new BackupError(
                                        new ErrorType("NewException"),
                                        "\0\n\u202e",
                                        Optional.of(400),
                                        Optional.of("r"),
                                        false),
                                END));
    }

    static List<Run> final_runs_of_every_kind() {
        return List.of(
                run(ALPHA).standing(RunStatus.SUCCEEDED, Map.of(EntryStatus.SUCCEEDED, 1)),
                run(ALPHA).standing(RunStatus.FAILED, Map.of(EntryStatus.FAILED, 1)),
                run(ALPHA, BRAVO)
                        .standing(RunStatus.PARTIALLY_FAILED, Map.of(EntryStatus.SUCCEEDED, 1, EntryStatus.FAILED, 1)),
                run());
    }

    @ParameterizedTest
    @MethodSource("final_entries_of_every_kind")
    void a_notification_of_an_entry_keeps_to_its_schema(Entry entry) {
        assertThat(NotificationSchemas.faultsOf(NotificationSchemas.event(NotificationMapper.of(entry))))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("final_runs_of_every_kind")
    void a_notification_of_a_run_keeps_to_its_schema(Run run) {
        assertThat(NotificationSchemas.faultsOf(NotificationSchemas.event(NotificationMapper.of(run))))
                .isEmpty();
    }

    @Test
    void a_notification_of_an_entry_tells_what_became_of_it() {
        Notification notification = NotificationMapper.of(SUCCEEDED);

        assertThat(notification.kind()).isEqualTo(Kind.BACKUP_FINISHED);
        assertThat(notification.id()).isEqualTo("nightly/alpha");
        assertThat(notification.detail())
                .isEqualTo(Map.ofEntries(
                        Map.entry("version", "1"),
                        Map.entry("notificationId", "nightly/alpha"),
                        Map.entry("runId", "nightly"),
                        Map.entry("serverName", "alpha"),
                        Map.entry("serverArn", ALPHA.arn().orElseThrow()),
                        Map.entry("status", "SUCCEEDED"),
                        Map.entry("attempts", 1),
                        Map.entry("requestedAt", "2026-03-01T02:00:00Z"),
                        Map.entry("startedAt", "2026-03-01T02:00:01Z"),
                        Map.entry("finishedAt", "2026-03-01T02:10:00Z"),
                        Map.entry("backupId", "alpha-20260301020001000")));
    }

    @Test
    void a_notification_tells_what_the_servers_owner_calls_it() {
        Server instance = new Server(ALPHA.name(), ALPHA.arn(), Map.of("Name", "wiki"));
        Entry failed = Entry.pending(NIGHTLY, BackupBackend.OPSWORKS_CM, instance, TWO_O_CLOCK)
                .failed(BUSY, END);

        assertThat(NotificationMapper.of(failed).detail()).containsEntry("serverTitle", "wiki");
        assertThat(NotificationSchemas.faultsOf(NotificationSchemas.event(NotificationMapper.of(failed))))
                .isEmpty();
    }

    @Test
    void a_notification_of_a_failed_entry_tells_why() {
        Entry failed = claimed(ALPHA).inDoubt(NO_ANSWER).failed(NO_ANSWER, END);

        assertThat(NotificationMapper.of(failed).detail().get("error"))
                .isEqualTo(Map.of("type", "NoAnswer", "message", "connection lost", "effectUnknown", true));
    }

    @Test
    void a_notification_of_a_run_tells_how_many_there_were_of_what() {
        Run run = final_runs_of_every_kind().get(2);

        assertThat(NotificationMapper.of(run).detail())
                .isEqualTo(Map.of(
                        "version", "1",
                        "notificationId", "nightly",
                        "runId", "nightly",
                        "status", "PARTIALLY_FAILED",
                        "targets", 2,
                        "counts", Map.of("SUCCEEDED", 1, "FAILED", 1),
                        "requestedAt", "2026-03-01T02:00:00Z",
                        "requestedBy", "acme.release-pipeline"));
    }

    @Test
    void the_same_notification_is_made_each_time() {
        assertThat(NotificationMapper.of(SUCCEEDED)).isEqualTo(NotificationMapper.of(SUCCEEDED));
    }
}
