package dev.serverbackup.bench.part;

import dev.serverbackup.bench.arm.Arm;
import dev.serverbackup.bench.arm.FunctionArm;
import dev.serverbackup.bench.fake.FakeAws;
import dev.serverbackup.bench.fake.FakeBackend;
import dev.serverbackup.bench.fake.Latencies;
import dev.serverbackup.bench.report.Results;
import dev.serverbackup.bench.report.Series;
import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * P2: 200 targets against a service that allows 5 calls a second with a burst of 10. The runs are under way at the same
 * time, each with an account of its own: they wait more than they work.
 *
 * @param runs so few that they do not wait for each other's CPU
 */
public record PacedRuns(int runs) implements Part {
    private static final int TARGETS = 200;
    private static final int PER_SECOND = 5;
    private static final int BURST = 10;
    private static final int WARM_UP = 5;
    private static final double MOST_OVER_LIMIT = 1.03;
    /**
     * Less than the service's burst: calls that leave evenly do not arrive evenly, and one that is refused comes again.
     */
    private static final Map<String, String> PACE = Map.of("CALLS_PER_SECOND", "5", "CALL_BURST", "8");

    private static final Duration APART = Duration.ofSeconds(2);

    /**
     * All processes are started before the first one runs, and runs begin apart: what starts takes the CPU from what
     * runs.
     */
    @Override
    public void measure(Results results) throws Exception {
        List<Account> accounts = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Double>> all = new ArrayList<>();
            for (int number = 0; number < runs; number++) {
                Account account = Account.started();
                accounts.add(account);
                Duration wait = APART.multipliedBy(number);
                all.add(() -> account.millisAfter(wait));
            }
            List<Double> millis = new ArrayList<>();
            for (Future<Double> run : threads.invokeAll(all)) {
                millis.add(run.get());
            }
            tell(new Series("function", millis), throttled(accounts), results);
        } finally {
            accounts.forEach(Account::close);
        }
    }

    private static Series throttled(List<Account> accounts) {
        return new Series(
                "throttled",
                accounts.stream()
                        .map(account -> (double) account.aws().throttled())
                        .toList());
    }

    private static void tell(Series wall, Series throttled, Results results) {
        double least = (TARGETS - BURST) * Timed.MILLIS / PER_SECOND;
        results.bar("At the service's limit, %d targets, ms".formatted(TARGETS), least, MOST_OVER_LIMIT * least, wall);
        results.figure(
                "P2",
                "run at the limit over the %.0f ms of the limit alone, %d targets".formatted(least, TARGETS),
                MOST_OVER_LIMIT,
                wall.over(least));
        results.figure("P2", "throttled answers", 0, throttled);
    }

    /** An account with a limit, and a function that has made a run before. */
    private record Account(Bucket limit, FakeAws aws, Arm function) implements AutoCloseable {
        static Account started() throws Exception {
            Bucket limit = Bucket.builder()
                    .withNanosecondPrecision()
                    .addLimit(bucket -> bucket.capacity(BURST).refillGreedy(PER_SECOND, Duration.ofSeconds(1)))
                    .build();
            FakeAws aws = new FakeAws(Latencies.DEFAULT, limit);
            Arm function = FunctionArm.primed(aws.endpoint(), FakeBackend.OPSWORKS_CM, PACE);
            function.awaitReady();
            aws.serve(FakeBackend.OPSWORKS_CM, WARM_UP);
            function.run();
            return new Account(limit, aws, function);
        }

        double millisAfter(Duration wait) throws Exception {
            Thread.sleep(wait);
            aws.serve(FakeBackend.OPSWORKS_CM, TARGETS);
            limit.reset();
            return Timed.millis(function::run);
        }

        @Override
        public void close() {
            function.close();
            aws.close();
        }
    }
}
