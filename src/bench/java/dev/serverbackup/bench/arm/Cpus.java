package dev.serverbackup.bench.arm;

import java.io.IOException;
import java.util.List;

/**
 * Who runs where: the measured process on CPU 0, and all that it is measured with on CPU 1. With {@code taskset}, of
 * util-linux.
 */
public final class Cpus {
    /** Starts a command on the measured CPU. */
    public static final List<String> MEASURED = List.of("taskset", "-c", "0");

    private Cpus() {}

    /**
     * Keeps this process off the measured CPU; before any other is started.
     *
     * @throws IOException if there is no taskset, or only one CPU: then nothing that is measured would mean anything
     */
    public static void leaveTheMeasuredOne() throws IOException, InterruptedException {
        String own = Long.toString(ProcessHandle.current().pid());
        Process taskset = new ProcessBuilder("taskset", "--all-tasks", "--cpu-list", "--pid", "1", own)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (taskset.waitFor() != 0) {
            throw new IOException("two CPUs and taskset are needed: one CPU for what is measured, one for the rest");
        }
    }
}
