package dev.serverbackup.bench;

import dev.serverbackup.bench.arm.Cpus;
import dev.serverbackup.bench.arm.Peers;
import dev.serverbackup.bench.fake.FakeAws;
import dev.serverbackup.bench.fake.Latencies;
import dev.serverbackup.bench.part.Artefact;
import dev.serverbackup.bench.part.ColdStarts;
import dev.serverbackup.bench.part.FirstRuns;
import dev.serverbackup.bench.part.Growth;
import dev.serverbackup.bench.part.PacedRuns;
import dev.serverbackup.bench.part.Part;
import dev.serverbackup.bench.part.Setting;
import dev.serverbackup.bench.part.WarmRuns;
import dev.serverbackup.bench.report.Figure;
import dev.serverbackup.bench.report.Findings;
import dev.serverbackup.bench.report.Machine;
import dev.serverbackup.bench.report.Plots;
import dev.serverbackup.bench.report.ResultsFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Measures what there is a goal for, and prints it; docs/performance.md. */
public final class Bench {
    private static final Path RESULTS = Path.of("target", "bench");

    private Bench() {}

    /** @param args as {@link Options} reads them */
    public static void main(String[] args) throws Exception {
        try {
            measure(Options.of(args));
        } catch (IllegalArgumentException e) {
            System.err.println("Nothing was measured: " + e.getMessage());
            System.exit(2);
        }
    }

    private static void measure(Options options) throws Exception {
        Cpus.leaveTheMeasuredOne();
        Files.createDirectories(RESULTS);
        String machine = Machine.line();
        System.out.println(machine);
        List<Findings> all = new ArrayList<>();
        try (FakeAws aws = new FakeAws(options.latencies(), Optional.empty())) {
            Setting setting = new Setting(options.runs(), options.latencies(), aws, Peers.ready(), options.jvm());
            for (Options.PartName name : options.parts()) {
                System.out.println("\n" + name.name().toLowerCase(Locale.ROOT));
                Findings findings = part(name, setting).measure();
                findings.series().forEach(series -> System.out.println("  " + series));
                findings.figures().forEach(Bench::print);
                all.add(findings);
            }
        }
        ResultsFile.write(RESULTS.resolve("results.json"), machine, options.runs(), all);
        Plots.write(RESULTS, machine, all);
        if (!options.latencies().equals(Latencies.DEFAULT)) {
            System.out.println("\nThe goals are for the default latencies.");
        }
    }

    private static void print(Figure figure) {
        System.out.printf(
                Locale.ROOT,
                "  %s %-72s %8.3f  goal %7.3f  %s%n",
                figure.name(),
                figure.what(),
                figure.value(),
                figure.goal(),
                figure.isMet() ? "met" : "MISSED");
    }

    private static Part part(Options.PartName name, Setting setting) {
        return switch (name) {
            case WARM -> new WarmRuns(setting);
            case PACED -> new PacedRuns(setting);
            case FIRST -> new FirstRuns(setting);
            case COLD -> new ColdStarts(setting);
            case GROWTH -> new Growth(setting);
            case ARTEFACT -> new Artefact();
        };
    }
}
