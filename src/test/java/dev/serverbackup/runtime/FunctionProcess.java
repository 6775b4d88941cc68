package dev.serverbackup.runtime;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The function in a process of its own, started by Lambda's own Java runtime from the files that are deployed. Starts at
 * once, serves one invocation after the other, can be killed at any time by any thread.
 */
public final class FunctionProcess implements AutoCloseable {
    private static final Duration FUNCTION_TIMEOUT = Duration.ofMinutes(2);
    private static final Duration PATIENCE = FUNCTION_TIMEOUT.plusSeconds(30);
    private static final Path LOGS = Path.of("target", "function-logs");
    static final String BACKUP_HANDLER = "dev.serverbackup.BackupHandler::handleRequest";

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
        return start(environment, BACKUP_HANDLER);
    }

    /** The same with another door. */
    static FunctionProcess start(Map<String, String> environment, String handler) throws Exception {
        return start(environment, handler, FunctionTaskRoot.PATH, List.of("-cp", TaskRoot.runtimeClassPath()));
    }

    /** Starts one sooner. */
    public static FunctionProcess start(Map<String, String> environment, AotCache cache) throws Exception {
        return start(environment, BACKUP_HANDLER, AotCache.NO_TASK_ROOT, cache.arguments());
    }

    /** @param taskRoot from which the runtime takes the function's classes, beside those of the class path */
    static FunctionProcess start(Map<String, String> environment, String handler, Path taskRoot, List<String> classPath)
            throws Exception {
        RuntimeApi api = new RuntimeApi();
        Files.createDirectories(LOGS);
        Files.createDirectories(taskRoot);
        Path output = Files.createTempFile(LOGS, "function-", ".log");
        ProcessBuilder builder = new ProcessBuilder(command(classPath, handler))
                .directory(taskRoot.toFile())
                .redirectOutput(output.toFile())
                .redirectError(Path.of(output + ".err").toFile());
        builder.environment().clear();
        builder.environment().putAll(lambdas(api.address(), taskRoot, handler));
        builder.environment().putAll(environment);
        return new FunctionProcess(api, builder.start(), output);
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

    private static List<String> command(List<String> classPath, String handler) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // Lambda's, for Java 25 on demand.
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx512m"));
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("-D%s=%s"
                .formatted(
                        NativeLibrary.PROPERTY, NativeLibrary.forThisMachine().orElseThrow()));
        command.addAll(classPath);
        command.addAll(List.of("com.amazonaws.services.lambda.runtime.api.client.AWSLambda", handler));
        return command;
    }

    private static Map<String, String> lambdas(String runtimeApi, Path taskRoot, String handler) {
        Map<String, String> variables = new HashMap<>();
        variables.put("AWS_LAMBDA_RUNTIME_API", runtimeApi);
        variables.put("_HANDLER", handler);
        variables.put("LAMBDA_TASK_ROOT", taskRoot.toAbsolutePath().toString());
        variables.put("AWS_EXECUTION_ENV", "AWS_Lambda_java25");
        variables.put("AWS_LAMBDA_FUNCTION_NAME", "server-backup");
        variables.put("AWS_LAMBDA_FUNCTION_VERSION", "1");
        variables.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "1024");
        variables.put("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand");
        variables.put("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/server-backup");
        variables.put("AWS_LAMBDA_LOG_STREAM_NAME", "local");
        variables.put("AWS_LAMBDA_LOG_FORMAT", "JSON");
        variables.put("AWS_LAMBDA_LOG_LEVEL", "INFO");
        variables.put("LANG", "en_US.UTF-8");
        variables.put("TZ", ":UTC");
        return variables;
    }

    /** Laid out once, when the first process starts. */
    private static final class FunctionTaskRoot {
        private static final Path PATH = TaskRoot.builtOrLaidOut();
    }
}
