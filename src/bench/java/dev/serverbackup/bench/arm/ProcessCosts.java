package dev.serverbackup.bench.arm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What a process has cost so far, as Linux says in {@code /proc}. */
public final class ProcessCosts {
    /** Of utime and stime behind the process's name in {@code /proc/PID/stat}, in ticks of 10 ms (proc(5)). */
    private static final int UTIME = 11;

    private static final int MILLIS_PER_TICK = 10;
    private static final double KB_PER_MB = 1000;

    private ProcessCosts() {}

    /** User and system time of all its threads, those that have ended too; to 10 ms. */
    public static double cpuMillis(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
        List<String> fields = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1));
        long ticks = Long.parseLong(fields.get(UTIME)) + Long.parseLong(fields.get(UTIME + 1));
        return ticks * MILLIS_PER_TICK;
    }

    /** The most memory that it has had resident, in MB of a million bytes. */
    public static double peakMemoryMb(long pid) throws IOException {
        String peak = Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .findFirst()
                .orElseThrow();
        return Long.parseLong(peak.replaceAll("\\D", "")) * 1.024 / KB_PER_MB;
    }
}
