package dev.serverbackup.local;

import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import dev.serverbackup.BackupHandler;
import dev.serverbackup.FollowUpHandler;
import dev.serverbackup.followup.FollowUpReport;
import dev.serverbackup.local.fleet.FleetException;
import dev.serverbackup.request.InvalidRequestException;
import dev.serverbackup.run.RunReport;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The demo on the local cloud: delivers an event to the real handler, shows the result and the audit table, delivers
 * the same event again, and runs the follow-up until nothing is open; on instances also verification and restore. Its
 * exit code is 1 if the event is refused or the function fails, 2 if it can't be run.
 *
 * @param json whether only the report is shown, as JSON
 * @param fleet the file of the servers
 * @param backend {@code opsworks-cm} or {@code systems-manager}
 */
public record LocalRun(Path event, boolean json, Path fleet, String backend) {
    private static final Duration FUNCTION_TIMEOUT = Duration.ofMinutes(15);
    private static final Duration BETWEEN_PASSES = Duration.ofMinutes(5);
    /** More passes than a start window needs, so that a bug can't cause an endless loop. */
    private static final int MOST_PASSES = 40;

    /** Runs it, and returns the exit code. */
    public int run(PrintStream out, PrintStream err) {
        Path log = Home.work("local-run.log");
        // Logs and metrics go where standard output goes on Lambda; here that is the result's own place, and they have
        // a
        // file.
        PrintStream before = System.out;
        try (PrintStream lines = LogFile.open(log)) {
            System.setOut(lines);
            return run(log, out, err);
        } finally {
            System.setOut(before);
        }
    }

    private int run(Path log, PrintStream out, PrintStream err) {
        try {
            ScheduledEvent parsed = EventFile.read(event);
            OffsetClock clock = new OffsetClock();
            try (DemoEnvironment scene = DemoEnvironment.of(backend, fleet, clock)) {
                deliver(scene, clock, parsed, log, out);
            }
            return 0;
        } catch (InvalidRequestException e) {
            err.println("The event is refused, and nothing was called or written.\n  " + e.getMessage());
            return 1;
        } catch (IllegalArgumentException | IllegalStateException | UncheckedIOException | FleetException e) {
            err.println("The event could not be run: " + e.getMessage());
            return 2;
        } catch (RuntimeException e) {
            e.printStackTrace(System.out);
            err.println("""
                The function failed with %s. Lambda would try again, and then send the event to the on-failure queue.
                  %s
                  The function's log lines are in %s.\
                """.formatted(e.getClass().getSimpleName(), e.getMessage(), log));
            return 1;
        }
    }

    private void deliver(DemoEnvironment scene, OffsetClock clock, ScheduledEvent parsed, Path log, PrintStream out) {
        LocalCloud cloud = scene.cloud();
        BackupHandler handler = new BackupHandler(cloud.application(scene.settings(), clock));
        RunReport report = handler.handleRequest(parsed, context(clock));
        if (json) {
            out.println(EventFile.json(report));
            return;
        }
        int before = made(cloud);
        out.print(DemoReport.asked(event, parsed, report));
        out.print(DemoReport.report(report));
        out.print(DemoReport.audit(cloud, report.runId()));
        RunReport second = handler.handleRequest(parsed, context(clock));
        out.print(DemoReport.again(second, made(cloud) - before));
        if (!report.status().equals("DRY_RUN")) {
            followUp(scene, clock, report.runId(), out);
        }
        out.print(DemoReport.next(log));
    }

    /** Backups of OpsWorks CM's servers, and commands to instances. */
    private static int made(LocalCloud cloud) {
        return cloud.aws().backups().size() + cloud.commands().commands().size();
    }

    /** Makes passes as the schedule would, but without waiting, until nothing is open. */
    private static void followUp(DemoEnvironment scene, OffsetClock clock, String runId, PrintStream out) {
        LocalCloud cloud = scene.cloud();
        FollowUpHandler handler = new FollowUpHandler(cloud.application(scene.settings(), clock));
        List<FollowUpReport> passes = new ArrayList<>();
        do {
            scene.awaitCommands();
            clock.forward(BETWEEN_PASSES);
            passes.add(handler.handleRequest(new ScheduledEvent(), context(clock)));
        } while (passes.getLast().rows() > 0 && passes.size() < MOST_PASSES);
        out.print(DemoSummary.passes(passes, BETWEEN_PASSES));
        out.print(DemoSummary.audit(cloud, runId));
        out.print(Artefacts.onDisk(cloud, runId));
        out.print(new DemoRestore(scene, clock, handler, runId).told());
        out.print(DemoSummary.notifications(cloud.bus().events()));
    }

    private static LocalContext context(InstantSource clock) {
        return new LocalContext(UUID.randomUUID().toString(), clock.instant().plus(FUNCTION_TIMEOUT), clock);
    }
}
