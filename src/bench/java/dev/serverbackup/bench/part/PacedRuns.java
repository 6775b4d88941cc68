package dev.serverbackup.bench.part;

import dev.serverbackup.bench.arm.Arm;
import dev.serverbackup.bench.arm.FunctionArm;
import dev.serverbackup.bench.fake.FakeAws;
import dev.serverbackup.bench.fake.Rate;
import dev.serverbackup.bench.report.Figure;
import dev.serverbackup.bench.report.Findings;
import dev.serverbackup.bench.report.Series;
import dev.serverbackup.runtime.Launch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * F2: 200 targets against a service that allows 5 calls a second with a burst of 10. All runs at the same time, each
 * with an account of its own: they wait more than they work.
 */
public record PacedRuns(Setting setting) implements Part {
    private static final int TARGETS = 200;
    private static final int PER_SECOND = 5;
    private static final int BURST = 10;
    /** One less than the service's burst: calls that leave evenly do not arrive evenly. */
    private static final Map<String, String> PACE = Map.of("CALLS_PER_SECOND", "5", "CALL_BURST", "9");

    private record Paced(double millis, double throttled) {}

    @Override
    public Findings measure() throws Exception {
        List<Double> walls = new ArrayList<>();
        List<Double> throttled = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Paced>> runs = new ArrayList<>();
            for (int run = 0; run < setting.runs(); run++) {
                runs.add(this::run);
            }
            for (Future<Paced> paced : threads.invokeAll(runs)) {
                walls.add(paced.get().millis());
                throttled.add(paced.get().throttled());
            }
        }
        double least = rate().secondsFor(TARGETS) * 1000;
        Series wall = new Series("wall ms, %d targets at the service's limit: function".formatted(TARGETS), walls);
        Series refused = new Series("throttled answers", throttled);
        return new Findings(
                List.of(
                        new Figure(
                                "F2",
                                "wall at the limit over the %.0f ms of the limit alone".formatted(least),
                                1.03,
                                wall.over(least)),
                        new Figure("F2", "throttled answers", 0, refused)),
                List.of(wall));
    }

    private Paced run() throws Exception {
        try (FakeAws account = new FakeAws(setting.latencies(), Optional.of(rate()));
                Arm function = FunctionArm.start(account.endpoint(), Launch.of(Launch.SNAP_START), PACE)) {
            account.tag(TARGETS);
            function.awaitReady();
            double millis = Timed.millis(function::run);
            return new Paced(millis, account.throttled());
        }
    }

    private static Rate rate() {
        return new Rate(PER_SECOND, BURST, System::nanoTime);
    }
}
