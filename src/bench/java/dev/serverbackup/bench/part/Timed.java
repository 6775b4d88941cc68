package dev.serverbackup.bench.part;

import dev.serverbackup.bench.arm.Arm;
import dev.serverbackup.bench.report.Series;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The runs of one arm: what each took and cost. */
final class Timed {
    /** To a second. */
    static final double MILLIS = 1e3;

    static final double NANOS = 1e9;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double MB_PER_KIBIBYTE = 1.024e-3;

    private final String name;
    private final Arm arm;
    private final List<Double> wallMillis = new ArrayList<>();
    private final List<Double> cpuMillis = new ArrayList<>();

    Timed(String name, Arm arm) {
        this.name = name;
        this.arm = arm;
    }

    /** Waits until it is ready, and has it make so many runs. */
    void warmUp(int runs) throws Exception {
        arm.awaitReady();
        for (int run = 0; run < runs; run++) {
            arm.run();
        }
    }

    /** One more sample: so many runs, divided by their number. */
    void sample(int runs) throws Exception {
        double cpu = cpu();
        double wall = millis(() -> {
            for (int run = 0; run < runs; run++) {
                arm.run();
            }
        });
        wallMillis.add(wall / runs);
        cpuMillis.add((cpu() - cpu) / runs);
    }

    Series wallMillis() {
        return new Series(name, wallMillis);
    }

    Series cpuMillis() {
        return new Series(name, cpuMillis);
    }

    /** User and system time of all threads so far, those that have ended too; to 10 ms. */
    private double cpu() {
        return arm.process().info().totalCpuDuration().orElseThrow().toMillis();
    }

    /** The most memory that the process has had resident, in MB of a million bytes. */
    double peakMemoryMb() throws Exception {
        Path status = Path.of("/proc", Long.toString(arm.process().pid()), "status");
        String peak = Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .findFirst()
                .orElseThrow();
        return Long.parseLong(peak.replaceAll("\\D", "")) * MB_PER_KIBIBYTE;
    }

    static double millis(Step step) throws Exception {
        long start = System.nanoTime();
        step.take();
        return (System.nanoTime() - start) / NANOS_PER_MILLI;
    }

    interface Step {
        void take() throws Exception;
    }
}
