package dev.serverbackup.local;

import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import dev.serverbackup.BackupHandler;
import dev.serverbackup.local.fleet.FleetException;
import dev.serverbackup.local.fleet.FleetFile;
import dev.serverbackup.request.InvalidRequestException;
import dev.serverbackup.run.RunReport;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;

/**
 * The main job on the local cloud: delivers an event to the real handler, shows what became of it and what the audit table
 * holds, and delivers the same event again. Exits with 1 if the event is refused, with 2 if it can't be run at all.
 */
public final class LocalRun {
    private static final Duration FUNCTION_TIMEOUT = Duration.ofMinutes(15);
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
            try (LocalCloud cloud = LocalCloud.start(FleetFile.read(Path.of(options.text("fleet"))))) {
                deliver(cloud, event, parsed, json, out);
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

    private static void deliver(LocalCloud cloud, Path file, ScheduledEvent event, boolean json, PrintStream out) {
        BackupHandler handler = new BackupHandler(cloud.wiring(Map.of()));
        RunReport report = invoke(handler, event);
        if (json) {
            out.println(EventFile.json(report));
            return;
        }
        int before = cloud.aws().backups().size();
        out.print(Story.asked(file, event, report));
        out.print(Story.report(report));
        out.print(Story.audit(cloud, report));
        RunReport second = invoke(handler, event);
        out.print(Story.again(second, cloud.aws().backups().size() - before));
        out.print(Story.next(LOG));
    }

    private static RunReport invoke(BackupHandler handler, ScheduledEvent event) {
        Clock clock = Clock.systemUTC();
        String requestId = UUID.randomUUID().toString();
        return handler.handleRequest(
                event, new LocalContext(requestId, clock.instant().plus(FUNCTION_TIMEOUT), clock));
    }

    private static PrintStream log() throws IOException {
        Files.createDirectories(LOG.getParent());
        return new PrintStream(Files.newOutputStream(LOG), true, StandardCharsets.UTF_8);
    }
}
