package dev.serverbackup.bench.part;

import dev.serverbackup.bench.arm.FunctionArm;
import dev.serverbackup.bench.fake.FakeAws;
import dev.serverbackup.bench.fake.FakeBackend;
import dev.serverbackup.bench.fake.Latencies;
import dev.serverbackup.bench.report.Results;
import dev.serverbackup.bench.report.Series;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * P6 and the larger half of P5: what a target costs, however many there are, and how long lists take that are slow. A
 * process a round: of one that had made all of them, the peak would tell when its heap is collected at last, not what a
 * run needs.
 *
 * @param most targets of the largest run; more than {@link #BASE}
 */
public record CostGrowth(int runs, int most, FakeAws aws) implements Part {
    /** Of the run that larger ones are compared with. */
    public static final int BASE = 100;

    static final String MEMORY_PLOT = "Peak memory, MB";
    private static final int BETWEEN = 1_000;
    private static final int AT_LEAST = 1_000;
    private static final int WARM_UP = 20;
    private static final double MOST_GROWTH = 1.10;
    private static final double MOST_MB = 256;
    private static final Map<String, String> WIDE = Map.of("MAX_CONCURRENT_CALLS", "64");

    @Override
    public void measure(Results results) throws Exception {
        Map<FakeBackend, Costs> costs = new EnumMap<>(FakeBackend.class);
        for (int round = 0; round < runs; round++) {
            for (FakeBackend backend : FakeBackend.values()) {
                sample(backend, costs.computeIfAbsent(backend, _ -> new Costs()));
            }
        }
        costs.forEach((backend, found) -> tell(backend, found, results));
        measureSlowLists(results);
    }

    /** By the number of targets. */
    private record Costs(Map<Integer, List<Double>> cpu, Map<Integer, List<Double>> requests, List<Double> peaks) {
        Costs() {
            this(new TreeMap<>(), new TreeMap<>(), new ArrayList<>());
        }
    }

    private void sample(FakeBackend backend, Costs costs) throws Exception {
        try (FunctionArm function = FunctionArm.primed(aws.endpoint(), backend, WIDE)) {
            Timed timed = new Timed(backend.toString(), function);
            aws.serve(backend, BASE);
            timed.warmUp(WARM_UP);
            for (int targets : new TreeSet<>(List.of(BASE, Math.min(BETWEEN, most), most))) {
                int many = Math.max(1, AT_LEAST / targets);
                aws.serve(backend, targets);
                aws.takeCalls();
                timed.sample(many);
                double calls = aws.takeCalls().values().stream()
                        .mapToLong(Long::longValue)
                        .sum();
                costs.cpu()
                        .computeIfAbsent(targets, _ -> new ArrayList<>())
                        .add(timed.cpuMillis().samples().getLast() / targets);
                costs.requests()
                        .computeIfAbsent(targets, _ -> new ArrayList<>())
                        .add(calls / many / targets);
            }
            costs.peaks().add(timed.peakMemoryMb());
        }
    }

    private void tell(FakeBackend backend, Costs costs, Results results) {
        String plot = "CPU per target, %s, ms".formatted(backend);
        double base = new Series("", costs.cpu().get(BASE)).median();
        costs.cpu()
                .forEach((targets, samples) ->
                        results.bar(plot, MOST_GROWTH * base, new Series("%,d targets".formatted(targets), samples)));
        tellGrowth("CPU", backend, costs.cpu(), results);
        tellGrowth("requests", backend, costs.requests(), results);
        Series peak = new Series("%,d, %s".formatted(most, backend), costs.peaks());
        results.bar(MEMORY_PLOT, MOST_MB, peak);
        results.figure("P5", "peak memory, %,d targets, %s, MB".formatted(most, backend), MOST_MB, peak);
    }

    /** The dearest size over the base. */
    private static void tellGrowth(
            String what, FakeBackend backend, Map<Integer, List<Double>> costs, Results results) {
        Series base = new Series("", costs.get(BASE));
        Series worst = costs.values().stream()
                .map(samples -> new Series(what, samples))
                .skip(1)
                .map(larger -> larger.over(base))
                .max(Comparator.comparingDouble(Series::median))
                .orElseThrow();
        results.figure(
                "P6", "%s per target, the dearest size over %d, %s".formatted(what, BASE, backend), MOST_GROWTH, worst);
    }

    private void measureSlowLists(Results results) throws Exception {
        FakeBackend backend = FakeBackend.SYSTEMS_MANAGER;
        try (FakeAws slow = new FakeAws(Latencies.SLOW_PAGES);
                FunctionArm function = FunctionArm.primed(slow.endpoint(), backend, WIDE)) {
            function.awaitReady();
            slow.serve(backend, most);
            slow.takeCalls();
            long begin = System.nanoTime();
            double whole = Timed.millis(function::run) / Timed.MILLIS;
            double lists = (slow.lastPage() - begin) / Timed.NANOS;
            Map<String, Long> calls = slow.takeCalls();
            String of = "of a run over %,d instances at %d ms a page"
                    .formatted(most, Latencies.SLOW_PAGES.page().toMillis());
            results.figure("seconds until all is listed " + of, Series.of("lists", lists));
            results.figure("seconds " + of, Series.of("run", whole));
            results.figure(
                    "calls to Systems Manager beside one for each target, " + of,
                    Series.of("calls", (double) backend.callsIn(calls) - most));
        }
    }
}
