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
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant END = TWO_O_CLOCK.plusSeconds(600);
    private static final Entry SUCCEEDED =
            started(ALPHA).succeeded(backup(ALPHA).with(Backup.STATUS, "OK"), END);

    static Stream<Notification> of_ends_of_every_kind() {
        Entry named = Entry.pending(
                RunId.ofSchedule("nightly", TWO_O_CLOCK),
                BackupBackend.OPSWORKS_CM,
                Server.named(ALPHA.name()),
                TWO_O_CLOCK);
        Stream<Entry> entries = Stream.of(
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
        Stream<Run> runs = Stream.of(
                run(ALPHA).standing(RunStatus.SUCCEEDED, Map.of(EntryStatus.SUCCEEDED, 1)),
                run(ALPHA).standing(RunStatus.FAILED, Map.of(EntryStatus.FAILED, 1)),
                run(ALPHA, BRAVO)
                        .standing(RunStatus.PARTIALLY_FAILED, Map.of(EntryStatus.SUCCEEDED, 1, EntryStatus.FAILED, 1)),
                run(),
                run().standing(RunStatus.MISSED, Map.of()));
        return Stream.concat(
                entries.map(NotificationMapper::of), runs.map(run -> NotificationMapper.of(run, List.of())));
    }

    @ParameterizedTest
    @MethodSource("of_ends_of_every_kind")
    void a_notification_keeps_to_its_schema(Notification notification) {
        NotificationSchemas.assertValid(notification);
    }

    private static Entry documented(RunId runId, String server, String arnsEnd, String requestedAt) {
        String arn = "arn:aws:opsworks-cm:eu-central-1:123456789012:server/%s/%s".formatted(server, arnsEnd);
        return Entry.pending(
                runId,
                BackupBackend.OPSWORKS_CM,
                new Server(new ServerName(server), Optional.of(arn), Map.of()),
                Instant.parse(requestedAt));
    }

    @Test
    void of_a_success_it_is_as_documented() {
        Backup backup = Backup.of(Map.of(Backup.ID, "chef-automate-prod-1-20261122020004512"));
        RunId runId = RunId.ofSchedule("server-backup-schedule", Instant.parse("2026-11-22T02:00:00Z"));
        Entry succeeded = documented(runId, "chef-automate-prod-1", "8epp7f6z", "2026-11-22T02:00:03.120Z")
                .claimed(FIRST, END)
                .started(backup, Instant.parse("2026-11-22T02:00:04.871Z"))
                .succeeded(backup, Instant.parse("2026-11-22T02:20:03.402Z"));

        assertThat(NotificationMapper.of(succeeded).kind()).isEqualTo(Kind.BACKUP_FINISHED);
        NotificationSchemas.assertIsSample(NotificationMapper.of(succeeded), "server-backup-finished.json");
    }

    @Test
    void of_a_failure_and_of_its_run_it_is_as_documented() {
        RunId runId = new RunId("release-4711");
        BackupError maintained =
                BackupError.known(ErrorType.INVALID_STATE, "The server is in status UNDER_MAINTENANCE.");
        Entry entry = documented(runId, "puppet-master-eu", "2k9dm1qx", "2026-11-22T09:41:09.004Z");
        for (int attempt = 0; attempt < 4; attempt++) {
            entry = entry.claimed(FIRST, END).givenBack(Optional.of(maintained), END);
        }
        Entry failed = entry.claimed(FIRST, END).failed(maintained, Instant.parse("2026-11-22T10:46:29.377Z"));
        List<Server> servers =
                IntStream.range(0, 12).mapToObj(i -> server("server-" + i)).toList();
        Run run = like(run(runId, servers), BackupBackend.OPSWORKS_CM, failed.requestedAt())
                .standing(RunStatus.PARTIALLY_FAILED, Map.of(EntryStatus.SUCCEEDED, 11, EntryStatus.FAILED, 1));

        NotificationSchemas.assertIsSample(NotificationMapper.of(failed), "server-backup-finished-failed.json");
        NotificationSchemas.assertIsSample(
                NotificationMapper.of(run, List.of(failed, SUCCEEDED)), "server-backup-run-finished-failed.json");
    }

    @Test
    void it_tells_what_the_servers_owner_calls_it_and_nothing_where_the_service_says_nothing() {
        Server instance = new Server(ALPHA.name(), ALPHA.arn(), Map.of("Name", "wiki"));
        Notification notification =
                NotificationMapper.of(Entry.pending(NIGHTLY, BackupBackend.OPSWORKS_CM, instance, TWO_O_CLOCK)
                        .failed(BackupError.doubtful(ErrorType.NO_ANSWER, " "), END));

        assertThat(notification.detail())
                .containsEntry("serverTitle", "wiki")
                .containsEntry("summary", "No backup of alpha (wiki)")
                .containsEntry("error", Map.of("type", "NoAnswer", "message", " ", "effectUnknown", true));
        assertThat(notification.detail().get("message").toString())
                .startsWith("No backup of alpha (wiki), run nightly.\n")
                .doesNotContain("Error message");
        NotificationSchemas.assertValid(notification);
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
                        "Details: ./server-backup run nightly",
                        "What to do: ./server-backup explain Type7",
                        "What to do: ./server-backup explain Type2");
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

        NotificationSchemas.assertValid(notification);
        assertThat(JSON.writeValueAsBytes(notification.detail())).hasSizeLessThan(16 * 1024);
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
                                + " known (NoAnswer); a backup may exist"));
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

        assertThat(JSON.writeValueAsBytes(NotificationMapper.of(largest).detail()))
                .hasSizeBetween(12_000, EventBus.LARGEST_CALL / 10 * 2 / 3);
    }
}
