package dev.serverbackup.bench.arm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Python with boto3, the last minor release that has opsworkscm, and with what draws the plots. */
public final class Python {
    private static final List<String> PACKAGES = List.of("boto3==1.39.17", "matplotlib==3.10.3");
    private static final Path ENVIRONMENT = Path.of("target", "bench", "venv").toAbsolutePath();

    private Python() {}

    /** Sets the virtual environment up from the Python package index, if it isn't there yet. */
    public static void prepare() throws IOException, InterruptedException {
        Path ready = ENVIRONMENT.resolve("ready-" + String.join("-", PACKAGES));
        if (!Files.exists(ready)) {
            run(List.of("python3", "-m", "venv", ENVIRONMENT.toString()));
            List<String> install =
                    new ArrayList<>(List.of("-m", "pip", "--quiet", "--disable-pip-version-check", "install"));
            install.addAll(PACKAGES);
            run(command(install));
            Files.createFile(ready);
        }
    }

    static List<String> command(List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(ENVIRONMENT.resolve("bin").resolve("python").toString());
        command.addAll(arguments);
        return command;
    }

    /** Draws the plots of a file of results, beside it. */
    public static void plot(Path results) throws IOException, InterruptedException {
        run(command(List.of("src/bench/python/plots.py", results.toString())));
    }

    private static void run(List<String> command) throws IOException, InterruptedException {
        if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
            throw new IOException("failed: " + String.join(" ", command));
        }
    }
}
