package dev.serverbackup.bench.part;

import dev.serverbackup.bench.arm.Arm;
import dev.serverbackup.bench.arm.Peers.Kind;
import dev.serverbackup.bench.report.Figure;
import dev.serverbackup.bench.report.Findings;
import dev.serverbackup.bench.report.Series;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** F1, F3 and the smaller half of F7: processes that have made runs before. */
public record WarmRuns(Setting setting) implements Part {
    private static final int WARM_UP = 20;
    private static final int FEW = 50;
    private static final int MANY = 500;

    @Override
    public Findings measure() throws Exception {
        List<Figure> figures = new ArrayList<>();
        List<Series> series = new ArrayList<>();
        measure(FEW, List.of(Kind.POOL, Kind.PROTOCOL, Kind.SEQUENTIAL, Kind.DEFAULTS), figures, series);
        measure(MANY, List.of(Kind.POOL, Kind.PROTOCOL), figures, series);
        return new Findings(figures, series);
    }

    private void measure(int targets, List<Kind> kinds, List<Figure> figures, List<Series> series) throws Exception {
        setting.aws().tag(targets);
        Map<Kind, Arm> peers = new EnumMap<>(Kind.class);
        try (Arm function = setting.primed(Map.of())) {
            for (Kind kind : kinds) {
                peers.put(kind, setting.peer(kind));
            }
            measure(targets, function, peers, figures, series);
        } finally {
            for (Arm peer : peers.values()) {
                peer.close();
            }
        }
    }

    private void measure(int targets, Arm function, Map<Kind, Arm> peers, List<Figure> figures, List<Series> series)
            throws Exception {
        function.awaitReady();
        Timed ours = new Timed(function);
        ours.warmUp(WARM_UP);
        Map<Kind, Timed> theirs = new EnumMap<>(Kind.class);
        for (var peer : peers.entrySet()) {
            peer.getValue().awaitReady();
            theirs.put(peer.getKey(), new Timed(peer.getValue()));
            theirs.get(peer.getKey()).warmUp(1);
        }
        for (int round = 0; round < setting.runs(); round++) {
            ours.sample(1);
            for (Timed peer : theirs.values()) {
                peer.sample(1);
            }
        }
        tell(targets, ours, theirs, figures, series);
    }

    private void tell(int targets, Timed ours, Map<Kind, Timed> theirs, List<Figure> figures, List<Series> series)
            throws Exception {
        double floor = new Floor(setting.latencies(), Setting.CALLS_AT_ONCE).millis(targets);
        Series wall = new Series("wall ms, %d targets: function".formatted(targets), ours.wallMillis());
        Series cpu =
                new Series("CPU ms a target, %d targets: function".formatted(targets), ours.cpuMillis()).over(targets);
        series.addAll(List.of(wall, cpu));
        figures.add(new Figure(
                "F1",
                "wall of a warm run over its floor of %.0f ms, %d targets".formatted(floor, targets),
                1.10,
                wall.over(floor)));
        theirs.forEach((kind, peer) -> {
            series.add(new Series("wall ms, %d targets: %s".formatted(targets, kind), peer.wallMillis()));
            series.add(new Series("CPU ms a target, %d targets: %s".formatted(targets, kind), peer.cpuMillis())
                    .over(targets));
        });
        if (targets == MANY) {
            Series protocol = new Series(
                            "%s".formatted(Kind.PROTOCOL),
                            theirs.get(Kind.PROTOCOL).cpuMillis())
                    .over(targets);
            figures.add(new Figure(
                    "F3",
                    "CPU per target, warm, %d targets, over that of %s".formatted(targets, Kind.PROTOCOL),
                    0.50,
                    cpu.over(protocol)));
            figures.add(new Figure(
                    "F7",
                    "peak resident memory, %d targets, MB".formatted(targets),
                    160,
                    new Series("peak MB", List.of(ours.peakMemoryMb()))));
        }
    }
}
