package dev.serverbackup;

import static dev.serverbackup.LocalApplication.tagged;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.cli.InProcess;
import dev.serverbackup.local.EventFile;
import dev.serverbackup.local.LocalCloud;
import dev.serverbackup.local.opsworkscm.account.StoredBackup;
import dev.serverbackup.request.BackupRequest;
import dev.serverbackup.request.RunId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nights of a schedule at half past two in Berlin, whose events are lost, late and doubled, on the local cloud. The follow-up
 * passes every half an hour from midnight to half past three by UTC.
 */
class MissedSlotsIT {
    private static final Map<String, String> NIGHTLY =
            Map.of("SCHEDULE_EXPRESSION", "cron(30 2 * * ? *)", "SCHEDULE_TIMEZONE", "Europe/Berlin");
    private static final Duration BETWEEN_PASSES = Duration.ofMinutes(30);
    private static final int PASSES = 8;
    private static final Duration A_MINUTE = Duration.ofMinutes(1);
    private static final Duration AN_HOUR = Duration.ofMinutes(61);
    private static final Duration A_DAY = Duration.ofDays(1).plusMinutes(2);

    @TempDir
    private Path folder;

    /** What becomes of a slot's event. */
    private enum Event {
        IN_TIME("R", "SUCCEEDED", "aws.scheduler"),
        /** Once more an hour later: where the clocks are put back, when it is half past two again. */
        TWICE("R", "SUCCEEDED", "aws.scheduler"),
        LOST("C", "SUCCEEDED", "server-backup.catch-up"),
        LATE("C", "SUCCEEDED", "server-backup.catch-up"),
        /** It comes a day late, and the follow-up does not pass in its night. */
        OUTAGE("M", "MISSED", "server-backup.catch-up");

        private final String letter;
        private final String status;
        private final String source;

        Event(String letter, String status, String source) {
            this.letter = letter;
            this.status = status;
            this.source = source;
        }

        /** How long after the slot. */
        List<Duration> deliveries() {
            return switch (this) {
                case IN_TIME -> List.of(A_MINUTE);
                case TWICE -> List.of(A_MINUTE, AN_HOUR);
                case LOST -> List.of();
                case LATE -> List.of(AN_HOUR);
                case OUTAGE -> List.of(A_DAY);
            };
        }
    }

    private record Night(LocalDate date, Instant slot, Event event) {
        static Night of(LocalDate date, String time, Event event) {
            return new Night(date, Instant.parse(date + time), event);
        }

        RunId runId() {
            return new RunId("schedule-" + slot);
        }

        Instant midnight() {
            return date.atStartOfDay(ZoneOffset.UTC).toInstant();
        }

        boolean isBackedUp() {
            return event != Event.OUTAGE;
        }

        String ofServer() {
            return isBackedUp() ? "S" : "";
        }
    }

    /** From 10 October 2026 on; the clocks are put back on the 25th, when half past two comes twice. */
    private static List<Night> autumn() {
        Map<String, Event> unusual = Map.of(
                "2026-10-12", Event.LOST,
                "2026-10-14", Event.LATE,
                "2026-10-16", Event.TWICE,
                "2026-10-20", Event.LOST,
                "2026-10-21", Event.LOST,
                "2026-10-25", Event.TWICE,
                "2026-10-26", Event.LATE,
                "2026-10-31", Event.LOST,
                "2026-11-05", Event.OUTAGE,
                "2026-11-06", Event.LATE);
        LocalDate first = LocalDate.parse("2026-10-10");
        LocalDate winter = LocalDate.parse("2026-10-26");
        return first.datesUntil(first.plusDays(31))
                .map(date -> Night.of(
                        date,
                        date.isBefore(winter) ? "T00:30:00Z" : "T01:30:00Z",
                        unusual.getOrDefault(date.toString(), Event.IN_TIME)))
                .toList();
    }

    @Test
    void each_night_of_a_month_ran_was_caught_up_or_is_missed_and_no_server_is_backed_up_twice() throws IOException {
        List<Night> nights = autumn();
        try (var app = LocalApplication.over(NIGHTLY, tagged("alpha"), tagged("bravo"))) {
            live(app, nights);
            Document report = report(app, nights);

            assertThat(rows(report, "#runs tbody tr").map(MissedSlotsIT::runStatusAndSource))
                    .isEqualTo(nights.stream()
                            .map(night -> List.of(night.runId().value(), night.event().status, night.event().source))
                            .toList());
            assertThat(told(app))
                    .isEqualTo(nights.stream()
                            .map(night -> night.runId() + " " + night.event().status)
                            .toList());
            List<String> backups = nights.stream()
                    .filter(Night::isBackedUp)
                    .map(night -> BackupRequest.marker(night.runId()))
                    .toList();
            assertThat(List.of("alpha", "bravo"))
                    .allSatisfy(server -> assertThat(app.cloud.aws().backups(server))
                            .extracting(StoredBackup::description)
                            .isEqualTo(backups.reversed()));
            assertThat(rows(report, "#calendar tbody tr"))
                    .containsExactly(
                            row("schedule", nights, night -> night.event().letter, "30 of 31"),
                            row("alpha", nights, Night::ofServer, "30 of 30"),
                            row("bravo", nights, Night::ofServer, "30 of 30"));
        }
    }

    /** Passes and deliveries in their order. */
    private static void live(LocalApplication app, List<Night> nights) {
        TreeMap<Instant, Runnable> steps = new TreeMap<>();
        for (Night night : nights) {
            if (night.event() != Event.OUTAGE) {
                Stream.iterate(night.midnight(), at -> at.plus(BETWEEN_PASSES))
                        .limit(PASSES)
                        .forEach(at -> steps.put(at, app::pass));
            }
            night.event()
                    .deliveries()
                    .forEach(delay -> steps.put(night.slot().plus(delay), () -> deliver(app, night.runId())));
        }
        steps.forEach((at, step) -> {
            app.clock.move(Duration.between(app.clock.instant(), at));
            step.run();
        });
    }

    /** As the template's schedule sends it. */
    private static void deliver(LocalApplication app, RunId runId) {
        app.deliver(EventFile.parse("""
            {"detail-type": "Server Backup Requested", "source": "aws.scheduler",
             "detail": {"requestId": "%s", "selector": %s}}\
            """.formatted(runId, LocalCloud.DEFAULT_SELECTOR)));
    }

    private static List<String> told(LocalApplication app) {
        return app.told("Server Backup Run Finished").stream()
                .map(event -> "%s %s"
                        .formatted(
                                event.parsedDetail().get("notificationId").textValue(),
                                event.parsedDetail().get("status").textValue()))
                .toList();
    }

    private Document report(LocalApplication app, List<Night> nights) throws IOException {
        Path page = folder.resolve("report.html");
        InProcess made = InProcess.run(
                app.clock.instant().toString(),
                "report",
                "--table=" + LocalCloud.AUDIT_TABLE,
                "--endpoint=" + app.cloud.dynamoDb().endpoint(),
                "--since=" + nights.getFirst().date(),
                "--until=" + nights.getLast().date(),
                "--html=" + page);
        assertThat(made.err()).isEmpty();
        return Jsoup.parse(page);
    }

    private static Stream<List<String>> rows(Document page, String selector) {
        return page.select(selector).stream()
                .map(row -> row.children().stream().map(Element::text).toList());
    }

    private static List<String> runStatusAndSource(List<String> row) {
        return List.of(row.get(1), row.get(2), row.get(7));
    }

    private static List<String> row(String title, List<Night> nights, Function<Night, String> cell, String sum) {
        return Stream.of(Stream.of(title), nights.stream().map(cell), Stream.of(sum))
                .flatMap(Function.identity())
                .toList();
    }
}
