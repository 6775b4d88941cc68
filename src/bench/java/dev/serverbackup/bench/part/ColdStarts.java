package dev.serverbackup.bench.part;

import dev.serverbackup.bench.arm.Arm;
import dev.serverbackup.bench.arm.FunctionArm;
import dev.serverbackup.bench.arm.Peers.Kind;
import dev.serverbackup.bench.report.Figure;
import dev.serverbackup.bench.report.Findings;
import dev.serverbackup.bench.report.Series;
import dev.serverbackup.runtime.Launch;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** F5 and F6: from the process's start to its first answer. */
public record ColdStarts(Setting setting) implements Part {
    private static final int TARGETS = 50;
    private static final List<Kind> PEERS = List.of(Kind.DEFAULTS, Kind.DEFAULT_JIT, Kind.POOL);

    @Override
    public Findings measure() throws Exception {
        setting.aws().tag(TARGETS);
        Launch image = FunctionArm.fromCache(setting.aws().endpoint());
        List<Double> ours = new ArrayList<>();
        List<Double> images = new ArrayList<>();
        Map<Kind, List<Double>> peers = new EnumMap<>(Kind.class);
        for (int round = 0; round < setting.runs(); round++) {
            ours.add(cold(setting::cold));
            images.add(cold(() -> setting.cold(image)));
            for (Kind kind : PEERS) {
                peers.computeIfAbsent(kind, _ -> new ArrayList<>()).add(cold(() -> setting.peer(kind)));
            }
        }
        return findings(titled("function", ours), titled("function, AOT cache", images), peers);
    }

    private static Findings findings(Series function, Series image, Map<Kind, List<Double>> samples) {
        List<Series> series = new ArrayList<>(List.of(function, image));
        List<Figure> figures = new ArrayList<>();
        samples.forEach((kind, times) -> {
            Series peer = titled(kind.toString(), times);
            series.add(peer);
            figures.add(figure("cold, over " + kind, kind, function.over(peer)));
            figures.add(figure("cold, from an AOT cache, over " + kind, kind, image.over(peer)));
        });
        return new Findings(figures, series);
    }

    private static Figure figure(String what, Kind kind, Series ratio) {
        return kind == Kind.POOL ? new Figure("F6", what, 2.0, ratio) : new Figure("F5", what, 0.40, ratio);
    }

    private static Series titled(String who, List<Double> times) {
        return new Series("start to first answer ms: " + who, times);
    }

    private static double cold(Start start) throws Exception {
        Arm[] started = new Arm[1];
        try {
            return Timed.millis(() -> {
                started[0] = start.start();
                started[0].awaitReady();
                started[0].run();
            });
        } finally {
            started[0].close();
        }
    }

    private interface Start {
        Arm start() throws Exception;
    }
}
