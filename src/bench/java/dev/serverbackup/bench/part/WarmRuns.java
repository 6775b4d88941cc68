package dev.serverbackup.bench.part;

import dev.serverbackup.bench.arm.Arm;
import dev.serverbackup.bench.arm.BotoArm;
import dev.serverbackup.bench.arm.FunctionArm;
import dev.serverbackup.bench.fake.FakeAws;
import dev.serverbackup.bench.fake.FakeBackend;
import dev.serverbackup.bench.report.Results;
import dev.serverbackup.bench.report.Series;
import java.util.Map;

/** P1, P3 and the smaller half of P5: processes that have made runs before. */
public record WarmRuns(int runs, FakeAws aws) implements Part {
    private static final int WARM_UP = 20;
    private static final int FEW = 50;
    private static final int MANY = 500;
    private static final double MOST_OVER_FLOOR = 1.08;
    private static final double MOST_CPU = 0.55;
    private static final double MOST_MB = 200;

    @Override
    public void measure(Results results) throws Exception {
        measure(FEW, results);
        measure(MANY, results);
    }

    private void measure(int targets, Results results) throws Exception {
        aws.serve(FakeBackend.OPSWORKS_CM, targets);
        try (Arm function = FunctionArm.primed(aws.endpoint(), FakeBackend.OPSWORKS_CM, Map.of());
                Arm boto = BotoArm.start(aws.endpoint())) {
            Timed ours = new Timed("function", function);
            Timed theirs = new Timed(BotoArm.TITLE, boto);
            ours.warmUp(WARM_UP);
            theirs.warmUp(1);
            for (int round = 0; round < runs; round++) {
                ours.sample(1);
                theirs.sample(1);
            }
            tellTimes(targets, ours, theirs, results);
            if (targets == MANY) {
                tellCosts(ours, theirs, results);
            }
        }
    }

    private static void tellTimes(int targets, Timed ours, Timed theirs, Results results) {
        double floor = Floor.millis(targets);
        String plot = "Warm run, %d targets, ms".formatted(targets);
        results.bar(plot, floor, MOST_OVER_FLOOR * floor, ours.wallMillis());
        results.bar(plot, theirs.wallMillis());
        results.figure(
                "P1",
                "warm run over its floor of %.0f ms, %d targets".formatted(floor, targets),
                MOST_OVER_FLOOR,
                ours.wallMillis().over(floor));
    }

    private static void tellCosts(Timed ours, Timed theirs, Results results) throws Exception {
        Series cpu = ours.cpuMillis().over(MANY);
        Series botos = theirs.cpuMillis().over(MANY);
        String plot = "CPU per target, %d targets, ms".formatted(MANY);
        results.bar(plot, MOST_CPU * botos.median(), cpu);
        results.bar(plot, botos);
        results.figure(
                "P3", "CPU per target over %s, %d targets".formatted(BotoArm.TITLE, MANY), MOST_CPU, cpu.over(botos));
        Series peak = Series.of("%d targets".formatted(MANY), ours.peakMemoryMb());
        results.bar(CostGrowth.MEMORY_PLOT, MOST_MB, peak);
        results.figure("P5", "peak memory, %d targets, MB".formatted(MANY), MOST_MB, peak);
    }
}
