package dev.serverbackup.followup;

import static dev.serverbackup.Samples.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serverbackup.NotificationSchemas;
import dev.serverbackup.audit.Entry;
import dev.serverbackup.audit.EntryStatus;
import dev.serverbackup.audit.Run;
import dev.serverbackup.audit.RunStatus;
import dev.serverbackup.backup.Backup;
import dev.serverbackup.backup.BackupBackend;
import dev.serverbackup.backup.BackupError;
import dev.serverbackup.backup.ErrorType;
import dev.serverbackup.local.eventbridge.EventBus;
import dev.serverbackup.notification.Notification;
import dev.serverbackup.notification.Notification.Kind;
import dev.serverbackup.request.RunId;
import dev.serverbackup.request.ServerName;
import dev.serverbackup.server.Server;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
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
                run(),
                run().standing(RunStatus.MISSED, Map.of()));
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
        assertThat(NotificationSchemas.faultsOf(NotificationSchemas.event(NotificationMapper.of(run, List.of()))))
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
                        Map.entry("backupId", "alpha-20260301020001000"),
                        Map.entry("summary", "Backup of alpha succeeded"),
                        Map.entry(
                                "message",
                                "Backup of alpha succeeded, run nightly.\n"
                                        + "The server's history: ./server-backup server alpha")));
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
    void a_message_of_a_failed_entry_says_why_and_what_to_do() {
        Server instance = new Server(ALPHA.name(), ALPHA.arn(), Map.of("Name", "wiki"));
        Entry entry = Entry.pending(NIGHTLY, BackupBackend.OPSWORKS_CM, instance, TWO_O_CLOCK);

        assertThat(NotificationMapper.of(entry.failed(BUSY, END)).detail())
                .containsEntry("summary", "No backup of alpha (wiki)")
                .containsEntry("message", """
                    No backup of alpha (wiki), run nightly.
                    Why: the server's state allows no backup: mostly it is backing up already (InvalidStateException).
                    It says: the server is BACKING_UP
                    What to do: ./server-backup explain InvalidStateException
                    The server's history: ./server-backup server alpha\
                    """);
        assertThat(NotificationMapper.of(entry.failed(BackupError.known(ErrorType.START_WINDOW_EXCEEDED, " "), END))
                        .detail()
                        .get("message")
                        .toString()
                        .lines())
                .noneMatch(line -> line.startsWith("It says"));
    }

    @Test
    void a_notification_of_a_good_backup_has_all_warnings_and_its_message_the_first_two() {
        List<String> warnings = List.of("half the usual size", "no reports in it", "slow");
        Backup small = backup(ALPHA).with(Backup.STATUS, "OK").with(Backup.WARNINGS, warnings);

        assertThat(NotificationMapper.of(started(ALPHA).succeeded(small, END)).detail())
                .containsEntry("warnings", warnings)
                .containsEntry("message", """
                    Backup of alpha succeeded, run nightly.
                    - half the usual size
                    - no reports in it
                    The server's history: ./server-backup server alpha\
                    """);
    }

    @Test
    void a_message_of_a_run_begins_with_the_most_frequent_error_and_sums_the_rare_ones_up() {
        List<Entry> failed = IntStream.of(1, 2, 2, 3, 4, 5, 6, 7, 7, 7)
                .mapToObj(type ->
                        pending(server("s" + type)).failed(BackupError.known(new ErrorType("Type" + type), "no"), END))
                .toList();

        List<String> lines = NotificationMapper.of(run_of(failed), failed)
                .detail()
                .get("message")
                .toString()
                .lines()
                .toList();

        assertThat(lines.subList(1, 3)).containsExactly("- s7, s7, s7: Type7", "- s2, s2: Type2");
        assertThat(lines.subList(6, lines.size()))
                .containsExactly(
                        "- and 2 more for other reasons",
                        "All of it: ./server-backup run nightly",
                        "What to do: ./server-backup explain Type7",
                        "What to do: ./server-backup explain Type2");
    }

    @Test
    void a_notification_of_a_run_tells_how_many_there_were_of_what() {
        Run run = final_runs_of_every_kind().get(2);
        Entry bravo = claimed(BRAVO).failed(BUSY, END);
        List<String> lines = List.of(
                "Run nightly, requested at 2026-03-01T02:00:00Z by acme.release-pipeline: 1 of 2 backups failed.",
                "- bravo: the server's state allows no backup: mostly it is backing up already (InvalidStateException)",
                "All of it: ./server-backup run nightly",
                "What to do: ./server-backup explain InvalidStateException");

        assertThat(NotificationMapper.of(run, List.of(bravo, SUCCEEDED)).detail())
                .isEqualTo(Map.ofEntries(
                        Map.entry("version", "1"),
                        Map.entry("notificationId", "nightly"),
                        Map.entry("runId", "nightly"),
                        Map.entry("status", "PARTIALLY_FAILED"),
                        Map.entry("targets", 2),
                        Map.entry("counts", Map.of("SUCCEEDED", 1, "FAILED", 1)),
                        Map.entry("requestedAt", "2026-03-01T02:00:00Z"),
                        Map.entry("requestedBy", "acme.release-pipeline"),
                        Map.entry(
                                "failures",
                                List.of(Map.of(
                                        "serverName", "bravo",
                                        "type", "InvalidStateException",
                                        "message", "the server is BACKING_UP"))),
                        Map.entry("summary", "1 of 2 backups failed: run nightly"),
                        Map.entry("message", String.join("\n", lines)),
                        Map.entry(
                                "lines",
                                List.of(
                                        lines.get(0),
                                        lines.get(1),
                                        lines.get(2),
                                        lines.get(3),
                                        "",
                                        "",
                                        "",
                                        "",
                                        "",
                                        ""))));
    }

    static List<Entry> four_thousand_failures() {
        return IntStream.range(0, 4_000)
                .mapToObj(number -> {
                    Server server = new Server(
                            new ServerName("s%039d".formatted(number)),
                            Optional.empty(),
                            Map.of("Name", "€".repeat(256)));
                    ErrorType type = new ErrorType("Type%d%s".formatted(number % 9, "E".repeat(90)));
                    return Entry.pending(NIGHTLY, BackupBackend.OPSWORKS_CM, server, TWO_O_CLOCK)
                            .failed(BackupError.doubtful(type, "\"<!channel>\n€\\".repeat(500)), END);
                })
                .toList();
    }

    private static Run run_of(List<Entry> failed) {
        return run(NIGHTLY, failed.stream().map(Entry::server).toList())
                .standing(RunStatus.FAILED, Map.of(EntryStatus.FAILED, failed.size()));
    }

    @Test
    void a_notification_of_four_thousand_failures_stays_small() throws IOException {
        Notification notification = NotificationMapper.of(run_of(four_thousand_failures()), four_thousand_failures());

        assertThat(NotificationSchemas.faultsOf(NotificationSchemas.event(notification)))
                .isEmpty();
        assertThat(new ObjectMapper().writeValueAsBytes(notification.detail())).hasSizeLessThan(16 * 1024);
    }

    static Stream<Arguments> lines_of_failures() {
        List<Entry> busy = Stream.of("a", "b", "c", "d", "e")
                .map(name -> pending(server(name)).failed(BUSY, END))
                .toList();
        Entry doubtful = claimed(ALPHA).inDoubt(NO_ANSWER).failed(NO_ANSWER, END);
        return Stream.of(
                arguments(
                        busy,
                        "- a, b, c and 2 more: the server's state allows no backup: mostly it is backing up already"
                                + " (InvalidStateException)"),
                arguments(
                        List.of(doubtful),
                        "- alpha: time-out, lost connection, unreadable answer; whether a backup was started is not"
                                + " known (NoAnswer); there may be a backup all the same"));
    }

    @ParameterizedTest
    @MethodSource("lines_of_failures")
    void a_message_names_the_first_servers_of_a_type_and_says_where_there_may_be_a_backup_all_the_same(
            List<Entry> failed, String line) {
        String message =
                (String) NotificationMapper.of(run_of(failed), failed).detail().get("message");

        assertThat(message.lines().skip(1)).first().isEqualTo(line);
    }

    /** An ARN as long as the tagging API answers, and characters of which none takes more bytes. */
    @Test
    void ten_of_the_largest_notifications_fit_one_call_with_a_third_to_spare() throws IOException {
        Server server = new Server(
                new ServerName("s".repeat(40)),
                Optional.of("arn:aws:opsworks-cm:eu-west-1:123456789012:server/" + "x".repeat(961)),
                Map.of("Name", "\u20ac".repeat(256)));
        Entry largest = Entry.pending(new RunId("r".repeat(100)), BackupBackend.OPSWORKS_CM, server, END.plusMillis(1))
                .claimed(FIRST, END)
                .started(Backup.of(Map.of(Backup.ID, "b".repeat(79))), END.plusMillis(1))
                .failed(BackupError.known(new ErrorType("E".repeat(100)), "\0".repeat(10_000)), END.plusMillis(1));

        assertThat(new ObjectMapper()
                        .writeValueAsBytes(NotificationMapper.of(largest).detail()))
                .hasSizeBetween(12_000, EventBus.LARGEST_CALL / 10 * 2 / 3);
    }
}
