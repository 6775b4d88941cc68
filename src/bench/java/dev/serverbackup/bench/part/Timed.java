package dev.serverbackup.bench.part;

import dev.serverbackup.bench.arm.Arm;
import dev.serverbackup.bench.arm.ProcessCosts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The runs of one arm: what each took and cost. */
final class Timed {
    private static final double NANOS_PER_MILLI = 1e6;

    private final Arm arm;
    private final List<Double> wallMillis = new ArrayList<>();
    private final List<Double> cpuMillis = new ArrayList<>();

    Timed(Arm arm) {
        this.arm = arm;
    }

    /** One more sample: so many runs, divided by their number. */
    void sample(int runs) throws Exception {
        double cpu = ProcessCosts.cpuMillis(arm.pid());
        double wall = millis(() -> {
            for (int run = 0; run < runs; run++) {
                arm.run();
            }
        });
        wallMillis.add(wall / runs);
        cpuMillis.add((ProcessCosts.cpuMillis(arm.pid()) - cpu) / runs);
    }

    void warmUp(int runs) throws Exception {
        for (int run = 0; run < runs; run++) {
            arm.run();
        }
    }

    List<Double> wallMillis() {
        return wallMillis;
    }

    List<Double> cpuMillis() {
        return cpuMillis;
    }

    double peakMemoryMb() throws Exception {
        return ProcessCosts.peakMemoryMb(arm.pid());
    }

    static double millis(Step step) throws Exception {
        long start = System.nanoTime();
        step.take();
        return Duration.ofNanos(System.nanoTime() - start).toNanos() / NANOS_PER_MILLI;
    }

    interface Step {
        void take() throws Exception;
    }
}
