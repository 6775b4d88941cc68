package dev.serverbackup.bench.part;

import dev.serverbackup.bench.arm.Cpus;
import dev.serverbackup.bench.fake.LargeTable;
import dev.serverbackup.bench.report.Results;
import dev.serverbackup.bench.report.Series;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** P8: how long {@code ./server-backup} takes from the shell for each question, on a table of 100,000 entries. */
public record Questions(int runs) implements Part {
    private static final double GOAL = 1.0;
    private static final int NOT_UNDERSTOOD = 2;

    @Override
    public void measure(Results results) throws Exception {
        if (!Files.exists(Path.of("target", "server-backup", "lib"))) {
            throw new IllegalStateException("the program is not built; ./server-backup --version builds it");
        }
        Instant last = Instant.now().truncatedTo(ChronoUnit.HOURS).minus(6, ChronoUnit.HOURS);
        try (LargeTable table = LargeTable.filled(last)) {
            for (String question : List.of(
                    "server server-7",
                    "failed",
                    "run " + table.lastRun(),
                    "who " + table.lastRun(),
                    "overdue",
                    "excluded",
                    "quota",
                    "deleted",
                    "open",
                    "night")) {
                results.figure("P8", "seconds for " + question.split(" ", 2)[0], GOAL, seconds(question, table));
            }
        }
    }

    private Series seconds(String question, LargeTable table) throws Exception {
        ask(question, table);
        List<Double> seconds = new ArrayList<>();
        for (int round = 0; round < runs; round++) {
            seconds.add(Timed.millis(() -> ask(question, table)) / Timed.MILLIS);
        }
        return new Series(question, seconds);
    }

    private static void ask(String question, LargeTable table) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(Cpus.MEASURED);
        command.add("./server-backup");
        command.addAll(List.of(question.split(" ", -1)));
        command.add("--table=" + LargeTable.NAME);
        command.add("--endpoint=" + table.database().endpoint());
        int code = new ProcessBuilder(command)
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.INHERIT)
                .start()
                .waitFor();
        if (code >= NOT_UNDERSTOOD) {
            throw new IllegalStateException("%s ended with %d".formatted(command, code));
        }
    }
}
