package dev.serverbackup.bench;

import dev.serverbackup.bench.arm.Cpus;
import dev.serverbackup.bench.arm.Python;
import dev.serverbackup.bench.fake.FakeAws;
import dev.serverbackup.bench.fake.Latencies;
import dev.serverbackup.bench.part.ColdStarts;
import dev.serverbackup.bench.part.FirstRuns;
import dev.serverbackup.bench.part.Growth;
import dev.serverbackup.bench.part.PacedRuns;
import dev.serverbackup.bench.part.Part;
import dev.serverbackup.bench.part.Passes;
import dev.serverbackup.bench.part.WarmRuns;
import dev.serverbackup.bench.report.Machine;
import dev.serverbackup.bench.report.Results;
import dev.serverbackup.local.Options;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Measures what there is a goal for, and prints it; docs/performance.md. */
public final class Bench {
    private static final Path RESULTS = Path.of("target", "bench", "results.json");
    private static final int MOST_RUNS = 1_000;
    private static final int MOST_TARGETS = 4_000;
    /** Of what takes longest, or hardly varies, a third of the samples is enough. */
    private static final int FEWER = 3;

    private Bench() {}

    /**
     * Takes its options as the POM passes them: {@code bench.runs}, the samples of each arm; {@code bench.most}, the
     * targets of the largest run, and entries of the pass; {@code bench.parts}, comma-separated, or "all".
     */
    public static void main(String[] args) throws Exception {
        Cpus.leaveTheMeasuredOne();
        try (FakeAws aws = new FakeAws(Latencies.DEFAULT)) {
            Options options = Options.of(Set.of("bench.runs", "bench.most", "bench.parts"), args);
            int runs = options.number("bench.runs", 1, MOST_RUNS, "a number of samples, 1 to " + MOST_RUNS);
            measure(runs, chosen(options, parts(runs, most(options), aws)));
        } catch (IllegalArgumentException e) {
            System.err.println("Nothing was measured: " + e.getMessage());
            System.exit(2);
        }
    }

    private static int most(Options options) {
        int least = Growth.BASE + 1;
        return options.number(
                "bench.most", least, MOST_TARGETS, "a number of targets, %d to %d".formatted(least, MOST_TARGETS));
    }

    private static Map<String, Part> parts(int runs, int most, FakeAws aws) {
        int fewer = Math.ceilDiv(runs, FEWER);
        Map<String, Part> parts = new LinkedHashMap<>();
        parts.put("warm", new WarmRuns(runs, aws));
        parts.put("paced", new PacedRuns(fewer));
        parts.put("first", new FirstRuns(runs, aws));
        parts.put("growth", new Growth(fewer, most, aws));
        parts.put("pass", new Passes(most, aws));
        parts.put("cold", new ColdStarts(fewer, aws));
        return parts;
    }

    private static Map<String, Part> chosen(Options options, Map<String, Part> parts) {
        String names = options.text("bench.parts");
        if (!names.equals("all")) {
            List<String> asked = List.of(names.split(",", -1));
            if (!parts.keySet().containsAll(asked)) {
                throw Options.refused("bench.parts", "all, or some of " + String.join(",", parts.keySet()), names);
            }
            parts.keySet().retainAll(asked);
        }
        return parts;
    }

    private static void measure(int runs, Map<String, Part> parts) throws Exception {
        Files.createDirectories(RESULTS.getParent());
        Python.prepare();
        String machine = Machine.line();
        System.out.println(machine);
        Results results = new Results();
        for (Part part : parts.values()) {
            part.measure(results);
        }
        results.write(RESULTS, machine, runs);
        Python.plot(RESULTS);
    }
}
