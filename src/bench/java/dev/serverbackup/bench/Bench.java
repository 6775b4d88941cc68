package dev.serverbackup.bench;

import dev.serverbackup.bench.arm.Cpus;
import dev.serverbackup.bench.arm.Python;
import dev.serverbackup.bench.fake.FakeAws;
import dev.serverbackup.bench.fake.Latencies;
import dev.serverbackup.bench.part.ColdStarts;
import dev.serverbackup.bench.part.CostGrowth;
import dev.serverbackup.bench.part.FirstRuns;
import dev.serverbackup.bench.part.PacedRuns;
import dev.serverbackup.bench.part.Part;
import dev.serverbackup.bench.part.Passes;
import dev.serverbackup.bench.part.Questions;
import dev.serverbackup.bench.part.WarmRuns;
import dev.serverbackup.bench.report.Machine;
import dev.serverbackup.bench.report.Results;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures what there is a goal for, and prints it; docs/performance.md. */
@Command(name = "bench")
public final class Bench implements Callable<Integer> {
    private static final Path RESULTS = Path.of("target", "bench", "results.json");
    private static final int MOST_RUNS = 1_000;
    private static final int MOST_TARGETS = 4_000;
    /** Of what takes longest, or hardly varies, a third of the samples is enough. */
    private static final int FEWER = 3;

    @Spec
    private CommandSpec spec;

    /** The samples of each arm. */
    @Option(names = "--runs", required = true)
    private int runs;

    /** The targets of the largest run, and entries of the pass. */
    @Option(names = "--most", required = true)
    private int most;

    /** Which parts, or "all". */
    @Option(names = "--parts", required = true, split = ",")
    private List<String> parts;

    /** Takes its options as the POM passes them. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new Bench()).execute(args));
    }

    @Override
    public Integer call() throws Exception {
        check(runs >= 1 && runs <= MOST_RUNS, "bench.runs is 1 to " + MOST_RUNS);
        check(
                most > CostGrowth.BASE && most <= MOST_TARGETS,
                "bench.most is %d to %d".formatted(CostGrowth.BASE + 1, MOST_TARGETS));
        Cpus.leaveTheMeasuredOne();
        try (FakeAws aws = new FakeAws(Latencies.DEFAULT)) {
            measure(runs, chosen(parts(runs, most, aws)));
        }
        return 0;
    }

    private void check(boolean holds, String allowed) {
        if (!holds) {
            throw new ParameterException(spec.commandLine(), allowed);
        }
    }

    private static Map<String, Part> parts(int runs, int most, FakeAws aws) {
        int fewer = Math.ceilDiv(runs, FEWER);
        Map<String, Part> parts = new LinkedHashMap<>();
        parts.put("warm", new WarmRuns(runs, aws));
        parts.put("paced", new PacedRuns(fewer));
        parts.put("first", new FirstRuns(runs, aws));
        parts.put("growth", new CostGrowth(fewer, most, aws));
        parts.put("pass", new Passes(most, aws));
        parts.put("cold", new ColdStarts(fewer, aws));
        parts.put("questions", new Questions(fewer));
        return parts;
    }

    private Map<String, Part> chosen(Map<String, Part> all) {
        if (!parts.equals(List.of("all"))) {
            check(all.keySet().containsAll(parts), "bench.parts is all, or some of " + String.join(",", all.keySet()));
            all.keySet().retainAll(parts);
        }
        return all;
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
