package dev.serverbackup.bench.part;

import dev.serverbackup.bench.arm.FunctionArm;
import dev.serverbackup.bench.fake.FakeAws;
import dev.serverbackup.bench.fake.FakeBackend;
import dev.serverbackup.bench.report.Results;
import dev.serverbackup.bench.report.Series;
import dev.serverbackup.runtime.Launch;
import java.util.Map;

/** P7: a pass of the follow-up over many entries that were started. What it calls does not change from pass to pass. */
public record Passes(int entries, FakeAws aws) implements Part {
    private static final int ENTRIES_TO_A_CALL = 40;

    @Override
    public void measure(Results results) throws Exception {
        String plot = "Calls of a pass over %,d entries".formatted(entries);
        for (FakeBackend backend : FakeBackend.values()) {
            double calls = callsOfAPass(backend);
            results.bar(plot, entries / (double) ENTRIES_TO_A_CALL, Series.of(backend.toString(), calls));
            results.figure(
                    "P7",
                    "calls to %s for %d started entries, of %,d".formatted(backend, ENTRIES_TO_A_CALL, entries),
                    1,
                    Series.of("calls", calls * ENTRIES_TO_A_CALL / entries));
        }
    }

    private double callsOfAPass(FakeBackend backend) throws Exception {
        aws.serve(backend, entries);
        Launch launch = Launch.followUp();
        try (FunctionArm function = FunctionArm.start(aws.endpoint(), backend, launch, Map.of())) {
            function.awaitReady();
            aws.takeCalls();
            function.pass();
            return backend.callsIn(aws.takeCalls());
        }
    }
}
