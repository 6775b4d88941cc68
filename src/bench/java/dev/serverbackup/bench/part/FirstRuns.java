package dev.serverbackup.bench.part;

import dev.serverbackup.bench.arm.Arm;
import dev.serverbackup.bench.arm.Peers.Kind;
import dev.serverbackup.bench.report.Figure;
import dev.serverbackup.bench.report.Findings;
import dev.serverbackup.bench.report.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** F4: the first run of a process that has been initialised, the function by its priming. */
public record FirstRuns(Setting setting) implements Part {
    private static final int TARGETS = 50;

    @Override
    public Findings measure() throws Exception {
        setting.aws().tag(TARGETS);
        List<Double> ours = new ArrayList<>();
        List<Double> pools = new ArrayList<>();
        for (int round = 0; round < setting.runs(); round++) {
            try (Arm function = setting.primed(Map.of())) {
                ours.add(first(function));
            }
            try (Arm pool = setting.peer(Kind.POOL)) {
                pools.add(first(pool));
            }
        }
        Series function = new Series("first run ms, primed: function", ours);
        Series pool = new Series("first run ms: " + Kind.POOL, pools);
        return new Findings(
                List.of(new Figure(
                        "F4", "first run after priming, over the first of " + Kind.POOL, 0.90, function.over(pool))),
                List.of(function, pool));
    }

    private static double first(Arm arm) throws Exception {
        arm.awaitReady();
        return Timed.millis(arm::run);
    }
}
