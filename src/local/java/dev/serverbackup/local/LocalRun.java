package dev.serverbackup.local;

import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import dev.serverbackup.BackupHandler;
import dev.serverbackup.FollowUpHandler;
import dev.serverbackup.local.fleet.Fleet;
import dev.serverbackup.local.fleet.FleetException;
import dev.serverbackup.local.fleet.FleetFile;
import dev.serverbackup.request.InvalidRequestException;
import dev.serverbackup.run.FollowUpReport;
import dev.serverbackup.run.RunReport;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The main job on the local cloud: delivers an event to the real handler, shows what became of it and what the audit table
 * holds, delivers the same event again, and has the follow-up take everything to its end. Exits with 1 if the event is refused, with 2 if it can't be run at all.
 */
public final class LocalRun {
    private static final Duration FUNCTION_TIMEOUT = Duration.ofMinutes(15);
    private static final Duration BETWEEN_PASSES = Duration.ofMinutes(5);
    /** More than a start window needs; so that a defect can't go on for ever. */
    private static final int MOST_PASSES = 40;

    private static final Path LOG = Path.of("target", "local-run.log");

    private LocalRun() {}

    /** @param arguments {@code --event}, {@code --json}, {@code --fleet} */
    public static void main(String[] arguments) throws IOException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        System.exit(run(arguments, out));
    }

    private static int run(String[] arguments, PrintStream out) throws IOException {
        try {
            Options options = Options.of(arguments);
            boolean json = options.isOn("json");
            // Logs and metrics go where standard output goes on Lambda; here that is the result's own place.
            System.setOut(json ? System.err : log());
            Path event = Path.of(options.text("event"));
            ScheduledEvent parsed = EventFile.read(event);
            ForwardClock clock = new ForwardClock();
            try (LocalCloud cloud = LocalCloud.start(fleet(options), clock)) {
                deliver(cloud, clock, event, parsed, json, out);
            }
            return 0;
        } catch (InvalidRequestException e) {
            System.err.println("The event is refused, and nothing was called or written.\n  " + e.getMessage());
            return 1;
        } catch (IllegalArgumentException | IllegalStateException | UncheckedIOException | FleetException e) {
            System.err.println("The event could not be run: " + e.getMessage());
            return 2;
        }
    }

    private static void deliver(
            LocalCloud cloud, ForwardClock clock, Path file, ScheduledEvent event, boolean json, PrintStream out) {
        BackupHandler handler = new BackupHandler(cloud.wiring(Map.of(), clock));
        RunReport report = handler.handleRequest(event, context(clock));
        if (json) {
            out.println(EventFile.json(report));
            return;
        }
        int before = cloud.aws().backups().size();
        out.print(Story.asked(file, event, report));
        out.print(Story.report(report));
        out.print(Story.audit(cloud, report.runId()));
        RunReport second = handler.handleRequest(event, context(clock));
        out.print(Story.again(second, cloud.aws().backups().size() - before));
        if (!report.status().equals("DRY_RUN")) {
            followUp(cloud, clock, report.runId(), out);
        }
        out.print(Story.next(LOG));
    }

    /** What the story tells must not depend on the hour of the day. */
    private static Fleet fleet(Options options) {
        return FleetFile.read(Path.of(options.text("fleet"))).keepingWindows(false);
    }

    /** As the schedule would, but without the waiting: until nothing is open any more. */
    private static void followUp(LocalCloud cloud, ForwardClock clock, String runId, PrintStream out) {
        FollowUpHandler handler = new FollowUpHandler(cloud.wiring(Map.of(), clock));
        List<FollowUpReport> passes = new ArrayList<>();
        do {
            clock.forward(BETWEEN_PASSES);
            passes.add(handler.handleRequest(new ScheduledEvent(), context(clock)));
        } while (passes.getLast().rows() > 0 && passes.size() < MOST_PASSES);
        out.print(Ending.passes(passes, BETWEEN_PASSES));
        out.print(Ending.audit(cloud, runId));
        out.print(Ending.notices(cloud.bus().events()));
    }

    private static LocalContext context(InstantSource clock) {
        return new LocalContext(UUID.randomUUID().toString(), clock.instant().plus(FUNCTION_TIMEOUT), clock);
    }

    private static PrintStream log() throws IOException {
        Files.createDirectories(LOG.getParent());
        return new PrintStream(Files.newOutputStream(LOG), true, StandardCharsets.UTF_8);
    }
}
