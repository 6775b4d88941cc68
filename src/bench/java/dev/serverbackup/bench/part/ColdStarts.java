package dev.serverbackup.bench.part;

import dev.serverbackup.bench.arm.Arm;
import dev.serverbackup.bench.arm.FunctionArm;
import dev.serverbackup.bench.fake.FakeAws;
import dev.serverbackup.bench.fake.FakeBackend;
import dev.serverbackup.bench.report.Results;
import dev.serverbackup.bench.report.Series;
import dev.serverbackup.runtime.DeployedFiles;
import dev.serverbackup.runtime.Launch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What has no goal: how long a start on demand takes, which SnapStart spares, and how large what is deployed is. */
public record ColdStarts(int runs, FakeAws aws) implements Part {
    private static final int TARGETS = 50;
    private static final double MB = 1e6;

    @Override
    public void measure(Results results) throws Exception {
        aws.serve(FakeBackend.OPSWORKS_CM, TARGETS);
        List<Double> seconds = new ArrayList<>();
        for (int round = 0; round < runs; round++) {
            seconds.add(Timed.millis(this::startAndRun) / Timed.MILLIS);
        }
        results.figure(
                "seconds from a start on demand to the first answer, %d targets".formatted(TARGETS),
                new Series("cold", seconds));
        results.figure("deployed artefact, zipped, MB", Series.of("zip", DeployedFiles.zippedBytes() / MB));
    }

    private void startAndRun() throws Exception {
        try (Arm function = FunctionArm.start(aws.endpoint(), FakeBackend.OPSWORKS_CM, Launch.deployed(), Map.of())) {
            function.awaitReady();
            function.run();
        }
    }
}
