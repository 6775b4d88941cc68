package dev.serverbackup.runtime;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The function in a separate process, run by Lambda's own Java runtime from the files that are deployed. Handles one
 * invocation at a time; any thread may kill it at any time.
 */
public final class FunctionProcess implements AutoCloseable {
    private static final Duration FUNCTION_TIMEOUT = Duration.ofMinutes(2);
    private static final Duration PATIENCE = FUNCTION_TIMEOUT.plusSeconds(30);
    private static final Path LOGS = Path.of("target", "function-logs");

    private final RuntimeApi api;
    private final Process process;
    private final Path output;

    private FunctionProcess(RuntimeApi api, Process process, Path output) {
        this.api = api;
        this.process = process;
        this.output = output;
        var _ = process.onExit().thenAccept(ended -> api.answers().add(new Answer.Exited(ended.exitValue())));
    }

    /** Skips the test where Lambda's runtime can't run: its native library is for Linux on x86-64 and arm64 only. */
    public static void assumeRuntimeRunsHere() {
        assumeTrue(
                NativeLibrary.forThisMachine().isPresent(),
                () -> "SKIPPED: Lambda's Java runtime has no native library that loads on %s, %s"
                        .formatted(System.getProperty("os.name"), System.getProperty("os.arch")));
    }

    /**
     * Starts one from the files as they are deployed.
     *
     * @param environment the function's variables, beside those that Lambda sets itself
     */
    public static FunctionProcess start(Map<String, String> environment) throws Exception {
        return start(environment, Launch.deployed());
    }

    /** Starts one sooner. */
    public static FunctionProcess start(Map<String, String> environment, AotCache cache) throws Exception {
        return start(environment, cache.launch());
    }

    /** Starts one in another way. */
    public static FunctionProcess start(Map<String, String> environment, Launch launch) throws Exception {
        RuntimeApi api = new RuntimeApi();
        Files.createDirectories(LOGS);
        Path output = Files.createTempFile(LOGS, "function-", ".log");
        ProcessBuilder builder = launch.builder(api.address())
                .redirectOutput(output.toFile())
                .redirectError(Path.of(output + ".err").toFile());
        builder.environment().putAll(environment);
        return new FunctionProcess(api, builder.start(), output);
    }

    /** Returns when the function has been initialised and its process waits for an invocation. */
    public void awaitReady() throws Exception {
        if (!api.awaitsInvocation(PATIENCE)) {
            throw new TimeoutException("the function did not become ready; its output is in " + output);
        }
    }

    /** The process's number. */
    public long pid() {
        return process.pid();
    }

    /** Invokes the function, and waits for its answer or its end. */
    public Answer invoke(String event) throws Exception {
        return invoke(event, UUID.randomUUID().toString());
    }

    /** The same, as the invocation of that id; a repeated asynchronous invocation keeps its id. */
    public Answer invoke(String event, String requestId) throws Exception {
        api.offer(new RuntimeApi.Invocation(
                requestId, event, Instant.now().plus(FUNCTION_TIMEOUT).toEpochMilli()));
        Answer answer = api.answers().poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        if (answer == null) {
            throw new TimeoutException("no answer; the function's output is in " + output);
        }
        return answer;
    }

    /** Ends the process as a power cut would, and returns when it is gone. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    /** Asks the process to end, and returns when it has. */
    void end() {
        process.destroy();
        process.onExit().join();
    }

    /** What it wrote to standard output until now. */
    public List<String> lines() throws IOException {
        return Files.readString(output).lines().toList();
    }

    @Override
    public void close() {
        kill();
        api.close();
    }
}
