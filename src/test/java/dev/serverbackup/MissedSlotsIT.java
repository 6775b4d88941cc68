package dev.serverbackup;

import static dev.serverbackup.LocalApplication.tagged;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.audit.Run;
import dev.serverbackup.local.EventFile;
import dev.serverbackup.local.LocalCloud;
import dev.serverbackup.local.opsworkscm.account.StoredBackup;
import dev.serverbackup.request.BackupRequest;
import dev.serverbackup.request.RunId;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

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

    /** What becomes of a slot's event. */
    private enum Event {
        IN_TIME,
        /** Once more an hour later: where the clocks are put back, when it is half past two again. */
        TWICE,
        LOST,
        LATE,
        /** It comes a day late, and the follow-up does not pass in its night. */
        OUTAGE;

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

    private record Night(Instant slot, Event event) {
        RunId runId() {
            return new RunId("schedule-" + slot);
        }

        /** Its status, and who asked for it. */
        String run() {
            return switch (event) {
                case IN_TIME, TWICE -> "SUCCEEDED, aws.scheduler";
                case LOST, LATE -> "SUCCEEDED, server-backup.catch-up";
                case OUTAGE -> "MISSED, server-backup.catch-up";
            };
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
                .map(date -> new Night(
                        Instant.parse(date + (date.isBefore(winter) ? "T00:30:00Z" : "T01:30:00Z")),
                        unusual.getOrDefault(date.toString(), Event.IN_TIME)))
                .toList();
    }

    @Test
    void each_night_of_a_month_ran_was_caught_up_or_is_missed_and_no_server_is_backed_up_twice() {
        List<Night> nights = autumn();
        try (var app = LocalApplication.over(NIGHTLY, tagged("alpha"), tagged("bravo"))) {
            live(app, nights);

            assertThat(nights).allSatisfy(night -> {
                Run run = app.audit.run(night.runId()).orElseThrow();
                assertThat(run.status() + ", " + run.requestedBy().source()).isEqualTo(night.run());
            });
            assertThat(app.notified("Server Backup Run Finished"))
                    .extracting(
                            event -> event.parsedDetail().get("notificationId").textValue())
                    .isEqualTo(
                            nights.stream().map(night -> night.runId().value()).toList());
            List<String> backups = nights.stream()
                    .filter(night -> night.event() != Event.OUTAGE)
                    .map(night -> BackupRequest.marker(night.runId()))
                    .toList();
            assertThat(List.of("alpha", "bravo"))
                    .allSatisfy(server -> assertThat(app.cloud.aws().backups(server))
                            .extracting(StoredBackup::description)
                            .isEqualTo(backups.reversed()));
        }
    }

    /** Passes and deliveries in their order. */
    private static void live(LocalApplication app, List<Night> nights) {
        TreeMap<Instant, Runnable> steps = new TreeMap<>();
        for (Night night : nights) {
            if (night.event() != Event.OUTAGE) {
                Stream.iterate(night.slot().truncatedTo(ChronoUnit.DAYS), at -> at.plus(BETWEEN_PASSES))
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
}
