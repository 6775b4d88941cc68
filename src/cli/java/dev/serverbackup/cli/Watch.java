package dev.serverbackup.cli;

import dev.serverbackup.cli.audit.AuditReader;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Option;

/** Waits until a run is final, and shows its progress. */
final class Watch {
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
    private static final int LOOKS_FOR_A_RUN = 120;
    private static final int BAR = 30;

    @Option(names = "--watch", description = "Wait until the run is final. Ctrl-C ends the waiting, not the run.")
    private boolean watch;

    boolean isOn() {
        return watch;
    }

    /**
     * Waits.
     *
     * @throws CommandFailedException if there is no run after two minutes
     */
    void until(AuditReader audit, String run, Screen screen) {
        Thread interrupted = new Thread(() -> {
            screen.endProgress();
            screen.err().println("Stopped waiting; run %s continues.".formatted(run));
            screen.flush();
        });
        Runtime.getRuntime().addShutdownHook(interrupted);
        try {
            await(audit, run, screen);
        } finally {
            forget(interrupted);
        }
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            // The process is already ending, and the hook runs.
        }
    }

    private static void await(AuditReader audit, String run, Screen screen) {
        String before = "";
        for (int looks = 0; ; looks++) {
            Optional<AuditReader.Progress> progress = audit.progress(run);
            if (progress.isEmpty() && looks >= LOOKS_FOR_A_RUN) {
                throw new CommandFailedException(
                        "There is no run %s after two minutes: its request was refused, or never arrived."
                                .formatted(run),
                        "The stack's queues hold such requests, with the reason: docs/runbook.md.");
            }
            String line = progress.map(Watch::line).orElse("waiting for the run to begin");
            if (!line.equals(before)) {
                screen.showProgress(line);
                before = line;
            }
            if (progress.filter(AuditReader.Progress::isFinal).isPresent()) {
                screen.err().println();
                screen.flush();
                return;
            }
            pause(BETWEEN_LOOKS);
        }
    }

    private static String line(AuditReader.Progress progress) {
        int done = progress.targets() == 0 ? BAR : BAR * progress.finished() / progress.targets();
        return "[%s%s] %d of %d finished, %d failed; run %s"
                .formatted(
                        "#".repeat(done),
                        ".".repeat(BAR - done),
                        progress.finished(),
                        progress.targets(),
                        progress.failed(),
                        progress.status());
    }

    static void pause(Duration duration) {
        try {
            TimeUnit.NANOSECONDS.sleep(duration.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailedException("The wait was interrupted; the operation continues.", "");
        }
    }
}
