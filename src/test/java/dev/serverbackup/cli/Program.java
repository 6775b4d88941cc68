package dev.serverbackup.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * The program in a process of its own, as its launcher starts it. It is killed after three minutes, so that a test
 * never waits for ever.
 *
 * @param output standard output, which is read once
 * @param errors where standard error goes
 */
record Program(Process process, BufferedReader output, Path errors) implements AutoCloseable {
    private static final int MOST_SECONDS = 180;

    /** Starts it; {@code folder} takes what it writes to standard error. */
    static Program start(Path folder, String... arguments) throws IOException {
        return start(folder, Map.of(), arguments);
    }

    /** The same with these variables in its environment. */
    static Program start(Path folder, Map<String, String> environment, String... arguments) throws IOException {
        Path errors = folder.resolve("errors.txt");
        ProcessBuilder builder = new ProcessBuilder(command(arguments)).redirectError(errors.toFile());
        builder.environment().putAll(environment);
        return start(builder, errors);
    }

    /** As a terminal starts it: Ctrl-C ends it. What it writes to standard error is among what it prints. */
    static Program startForeground(Path folder, String... arguments) throws IOException {
        List<String> command = command(arguments);
        // A shell that starts a job in the background has it ignore the signal.
        command.addAll(0, List.of("env", "--default-signal=INT"));
        return start(new ProcessBuilder(command).redirectErrorStream(true), folder.resolve("errors.txt"));
    }

    private static List<String> command(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // It lives for seconds: what is compiled less is there sooner.
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-classpath",
                System.getProperty("java.class.path"),
                ServerBackup.class.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    private static Program start(ProcessBuilder builder, Path errors) throws IOException {
        // The JVM itself would say on standard error that it has read this.
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        Process process = builder.start();
        CompletableFuture.delayedExecutor(MOST_SECONDS, TimeUnit.SECONDS).execute(process::destroyForcibly);
        return new Program(process, process.inputReader(), errors);
    }

    /** Presses Ctrl-C. */
    void interrupt() throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
    }

    /** Waits for its end, and gives all that it printed. */
    String printed() {
        return output.lines().map(line -> line + "\n").collect(Collectors.joining());
    }

    /** Waits for a line with these words, and gives all until then. */
    String printedUntil(String words) throws IOException {
        StringBuilder text = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            text.append(line).append('\n');
            if (line.contains(words)) {
                return text.toString();
            }
        }
        throw new AssertionError("ended without \"" + words + "\": " + text + complaints());
    }

    int exitCode() throws InterruptedException {
        return process.waitFor();
    }

    /** What it wrote to standard error. */
    String complaints() throws IOException {
        return Files.readString(errors);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
