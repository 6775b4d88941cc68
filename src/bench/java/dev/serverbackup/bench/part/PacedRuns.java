package dev.serverbackup.bench.part;

import dev.serverbackup.bench.arm.Arm;
import dev.serverbackup.bench.arm.FunctionArm;
import dev.serverbackup.bench.fake.FakeAws;
import dev.serverbackup.bench.fake.Rate;
import dev.serverbackup.bench.report.Figure;
import dev.serverbackup.bench.report.Findings;
import dev.serverbackup.bench.report.Series;
import dev.serverbackup.runtime.Launch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * F2: 200 targets against a service that allows 5 calls a second with a burst of 10. A few runs at the same time,
 * each with an account of its own: they wait more than they work.
 */
public record PacedRuns(Setting setting) implements Part {
    private static final int TARGETS = 200;
    private static final int PER_SECOND = 5;
    private static final int BURST = 10;
    private static final int WARM_UP = 5;
    /**
     * Less than the service's burst: calls that leave evenly do not arrive evenly, and one that is refused comes again.
     */
    private static final Map<String, String> PACE = Map.of("CALLS_PER_SECOND", "5", "CALL_BURST", "8");
    /** So few that they do not wait for each other's CPU. */
    private static final int AT_ONCE = 5;

    private static final Duration APART = Duration.ofSeconds(2);

    private record Paced(double millis, double throttled) {}

    @Override
    public Findings measure() throws Exception {
        List<Double> walls = new ArrayList<>();
        List<Double> throttled = new ArrayList<>();
        for (int left = setting.runs(); left > 0; left -= AT_ONCE) {
            for (Paced paced : atOnce(Math.min(left, AT_ONCE))) {
                walls.add(paced.millis());
                throttled.add(paced.throttled());
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

    /**
     * All processes are started before the first one runs, and runs begin apart: who starts takes the CPU from who
     * runs.
     */
    private List<Paced> atOnce(int many) throws Exception {
        List<Account> accounts = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int account = 0; account < many; account++) {
                accounts.add(Account.started(setting));
            }
            List<Callable<Paced>> runs = new ArrayList<>();
            for (Account account : accounts) {
                Duration wait = APART.multipliedBy(runs.size());
                runs.add(() -> account.runAfter(wait));
            }
            List<Paced> results = new ArrayList<>();
            for (Future<Paced> paced : threads.invokeAll(runs)) {
                results.add(paced.get());
            }
            return results;
        } finally {
            accounts.forEach(Account::close);
        }
    }

    private static Rate rate() {
        return new Rate(PER_SECOND, BURST, System::nanoTime);
    }

    /** An account with a limit, and a function that has made a run before. */
    private record Account(Rate rate, FakeAws aws, Arm function) implements AutoCloseable {
        static Account started(Setting setting) throws Exception {
            Rate rate = PacedRuns.rate();
            FakeAws aws = new FakeAws(setting.latencies(), Optional.of(rate));
            Arm function = FunctionArm.start(aws.endpoint(), Launch.of(Launch.SNAP_START), PACE);
            function.awaitReady();
            aws.tag(WARM_UP);
            function.run();
            return new Account(rate, aws, function);
        }

        Paced runAfter(Duration wait) throws Exception {
            Thread.sleep(wait);
            aws.tag(TARGETS);
            rate.fill();
            return new Paced(Timed.millis(function::run), aws.throttled());
        }

        @Override
        public void close() {
            function.close();
            aws.close();
        }
    }
}
