package dev.serverbackup.bench.part;

import dev.serverbackup.bench.arm.Arm;
import dev.serverbackup.bench.report.Figure;
import dev.serverbackup.bench.report.Findings;
import dev.serverbackup.bench.report.Series;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * F9 and the larger half of F7: what a target costs, however many there are. A process a round: of one that had made
 * all of them, the peak would tell when its heap is collected at last, not what a run needs.
 */
public record Growth(Setting setting) implements Part {
    private static final List<Integer> SIZES = List.of(10, 100, 1_000, 4_000);
    private static final int BASE = 100;
    private static final int AT_LEAST = 1_000;
    private static final int WARM_UP = 3;
    private static final Map<String, String> WIDE = Map.of("MAX_CONCURRENT_CALLS", "64");

    @Override
    public Findings measure() throws Exception {
        Map<Integer, List<Double>> cpu = new LinkedHashMap<>();
        Map<Integer, List<Double>> requests = new LinkedHashMap<>();
        List<Double> peaks = new ArrayList<>();
        for (int round = 0; round < setting.runs(); round++) {
            try (Arm function = setting.primed(WIDE)) {
                function.awaitReady();
                Timed timed = new Timed(function);
                setting.aws().tag(BASE);
                timed.warmUp(WARM_UP);
                for (int targets : SIZES) {
                    sample(timed, targets, cpu, requests);
                }
                peaks.add(timed.peakMemoryMb());
            }
        }
        return findings(cpu, requests, peaks);
    }

    private void sample(
            Timed function, int targets, Map<Integer, List<Double>> cpu, Map<Integer, List<Double>> requests)
            throws Exception {
        int runs = Math.max(1, AT_LEAST / targets);
        setting.aws().tag(targets);
        setting.aws().takeCalls();
        function.sample(runs);
        long calls = setting.aws().takeCalls().values().stream()
                .mapToLong(Long::longValue)
                .sum();
        cpu.computeIfAbsent(targets, _ -> new ArrayList<>())
                .add(function.cpuMillis().getLast() / targets);
        requests.computeIfAbsent(targets, _ -> new ArrayList<>()).add(calls / (double) runs / targets);
    }

    private static Findings findings(
            Map<Integer, List<Double>> cpu, Map<Integer, List<Double>> requests, List<Double> peaks) {
        List<Figure> figures = new ArrayList<>();
        List<Series> series = new ArrayList<>();
        cpu.forEach((targets, samples) ->
                series.add(new Series("growth, CPU ms a target, %d targets".formatted(targets), samples)));
        requests.forEach((targets, samples) ->
                series.add(new Series("growth, requests a target, %d targets".formatted(targets), samples)));
        figures.add(growth("CPU", cpu));
        figures.add(growth("requests", requests));
        figures.add(new Figure(
                "F7",
                "peak resident memory, %d targets, MB".formatted(SIZES.getLast()),
                256,
                new Series("peak MB", peaks)));
        return new Findings(figures, series);
    }

    /** The dearest size over the base. */
    private static Figure growth(String what, Map<Integer, List<Double>> costs) {
        Series base = new Series("%d targets".formatted(BASE), costs.get(BASE));
        Series worst = costs.entrySet().stream()
                .filter(cost -> cost.getKey() > BASE)
                .map(cost -> new Series("%d targets".formatted(cost.getKey()), cost.getValue()).over(base))
                .max(Comparator.comparingDouble(Series::median))
                .orElseThrow();
        return new Figure(
                "F9", what + " per target, the dearest size above %d over %d".formatted(BASE, BASE), 1.10, worst);
    }
}
