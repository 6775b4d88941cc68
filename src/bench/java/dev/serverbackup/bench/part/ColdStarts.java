package dev.serverbackup.bench.part;

import dev.serverbackup.bench.arm.Arm;
import dev.serverbackup.bench.arm.FunctionArm;
import dev.serverbackup.bench.arm.Peers.Kind;
import dev.serverbackup.bench.report.Figure;
import dev.serverbackup.bench.report.Findings;
import dev.serverbackup.bench.report.Series;
import dev.serverbackup.runtime.Launch;
import java.util.ArrayList;
import java.util.List;

/** F5 and F6: from the process's start to its first answer. */
public record ColdStarts(Setting setting) implements Part {
    private static final int TARGETS = 50;

    @Override
    public Findings measure() throws Exception {
        setting.aws().tag(TARGETS);
        Launch image = FunctionArm.fromCache(setting.aws().endpoint());
        List<Double> ours = new ArrayList<>();
        List<Double> images = new ArrayList<>();
        List<Double> defaults = new ArrayList<>();
        List<Double> pools = new ArrayList<>();
        for (int round = 0; round < setting.runs(); round++) {
            ours.add(cold(setting::cold));
            images.add(cold(() -> setting.cold(image)));
            defaults.add(cold(() -> setting.peer(Kind.DEFAULTS)));
            pools.add(cold(() -> setting.peer(Kind.POOL)));
        }
        Series function = new Series("start to first answer ms: function", ours);
        Series default_ = new Series("start to first answer ms: " + Kind.DEFAULTS, defaults);
        Series pool = new Series("start to first answer ms: " + Kind.POOL, pools);
        return new Findings(
                List.of(
                        new Figure("F5", "cold, over " + Kind.DEFAULTS, 0.40, function.over(default_)),
                        new Figure("F6", "cold, over " + Kind.POOL, 2.0, function.over(pool))),
                List.of(function, new Series("start to first answer ms: function, AOT cache", images), default_, pool));
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
