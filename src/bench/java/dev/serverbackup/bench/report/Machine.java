package dev.serverbackup.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** Where it was measured. */
public final class Machine {
    private Machine() {}

    /** In one line: date, processor, kernel, JDK, and how busy it is. */
    public static String line() throws IOException {
        String processor = Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                .filter(line -> line.startsWith("model name"))
                .findFirst()
                .map(line -> line.substring(line.indexOf(':') + 2))
                .orElse(System.getProperty("os.arch"));
        String cores = Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                        .filter(line -> line.startsWith("processor"))
                        .count()
                + " CPUs";
        String load = Files.readString(Path.of("/proc/loadavg")).split(" ", 2)[0];
        return "%s; %s, %s; %s %s; Java %s; load average %s"
                .formatted(
                        LocalDate.now(ZoneOffset.UTC),
                        processor,
                        cores,
                        System.getProperty("os.name"),
                        System.getProperty("os.version"),
                        Runtime.version(),
                        load);
    }
}
