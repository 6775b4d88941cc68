package dev.serverbackup.bench.part;

import dev.serverbackup.bench.arm.Arm;
import dev.serverbackup.bench.arm.BotoArm;
import dev.serverbackup.bench.arm.FunctionArm;
import dev.serverbackup.bench.fake.FakeAws;
import dev.serverbackup.bench.fake.FakeBackend;
import dev.serverbackup.bench.report.Results;
import dev.serverbackup.bench.report.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** P4: the first run of a process that has been initialised, the function with its priming. */
public record FirstRuns(int runs, FakeAws aws) implements Part {
    private static final int TARGETS = 50;
    private static final double MOST_OVER_BOTO = 1.00;
    private static final double MOST_OVER_FLOOR = 1.35;
    private static final String PLOT = "First run, %d targets, ms".formatted(TARGETS);

    @Override
    public void measure(Results results) throws Exception {
        aws.serve(FakeBackend.OPSWORKS_CM, TARGETS);
        List<Double> ours = new ArrayList<>();
        List<Double> theirs = new ArrayList<>();
        for (int round = 0; round < runs; round++) {
            try (Arm function = FunctionArm.primed(aws.endpoint(), FakeBackend.OPSWORKS_CM, Map.of())) {
                ours.add(first(function));
            }
            try (Arm boto = BotoArm.start(aws.endpoint())) {
                theirs.add(first(boto));
            }
        }
        Series function = new Series("function, primed", ours);
        Series boto = new Series(BotoArm.TITLE, theirs);
        double floor = Floor.millis(TARGETS);
        results.bar(PLOT, floor, MOST_OVER_FLOOR * floor, function);
        results.bar(PLOT, boto);
        results.figure(
                "P4",
                "first run after priming over the first of " + BotoArm.TITLE,
                MOST_OVER_BOTO,
                function.over(boto));
        results.figure(
                "P4",
                "first run after priming over its floor of %.0f ms".formatted(floor),
                MOST_OVER_FLOOR,
                function.over(floor));
    }

    private static double first(Arm arm) throws Exception {
        arm.awaitReady();
        return Timed.millis(arm::run);
    }
}
