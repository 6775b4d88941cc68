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
        List<Account> accounts = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            // One after the other, and all of them before the first run: who starts takes the CPU from who runs.
            for (int run = 0; run < setting.runs(); run++) {
                accounts.add(Account.started(setting));
            }
            List<Callable<Paced>> runs = accounts.stream()
                    .<Callable<Paced>>map(account -> account::run)
                    .toList();
            for (Future<Paced> paced : threads.invokeAll(runs)) {
                walls.add(paced.get().millis());
                throttled.add(paced.get().throttled());
            }
        } finally {
            accounts.forEach(Account::close);
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

    private static Rate rate() {
        return new Rate(PER_SECOND, BURST, System::nanoTime);
    }

    /** An account with a limit, and a function that has made a run before. */
    private record Account(FakeAws aws, Arm function) implements AutoCloseable {
        static Account started(Setting setting) throws Exception {
            FakeAws aws = new FakeAws(setting.latencies(), Optional.of(rate()));
            Arm function = FunctionArm.start(aws.endpoint(), Launch.of(Launch.SNAP_START), PACE);
            function.awaitReady();
            aws.tag(1);
            function.run();
            return new Account(aws, function);
        }

        Paced run() throws Exception {
            aws.tag(TARGETS);
            return new Paced(Timed.millis(function::run), aws.throttled());
        }

        @Override
        public void close() {
            function.close();
            aws.close();
        }
    }
}
