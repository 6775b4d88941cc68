package dev.serverbackup.cli;

import dev.serverbackup.local.Home;
import dev.serverbackup.local.LocalRun;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Handles one event on a local cloud. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = {
            "Handles one event on a local cloud: backups, audit, redelivery, follow-up, notifications.",
            "Exits with 1 if the event is refused."
        },
        footerHeading = "%nExample:%n",
        footer = "  server-backup demo --backend systems-manager")
final class DemoCommand implements Callable<Integer> {
    @Option(names = "--event", paramLabel = "FILE", description = "The event. Default: events/scheduled.json.")
    private Path event = Home.file("events/scheduled.json");

    @Option(
            names = "--fleet",
            paramLabel = "FILE",
            description = "The servers. Default: src/local/resources/fleet.json.")
    private Path fleet = Home.file("src/local/resources/fleet.json");

    @Option(
            names = "--backend",
            paramLabel = "NAME",
            defaultValue = "opsworks-cm",
            description = "opsworks-cm or systems-manager (${DEFAULT-VALUE}).")
    private String backend;

    @Option(names = "--json", description = "Only the function's report, as JSON.")
    private boolean json;

    @Override
    public Integer call() {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        return new LocalRun(event, json, fleet, backend).run(out, err);
    }
}
