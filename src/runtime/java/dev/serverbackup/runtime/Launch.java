package dev.serverbackup.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How the function's process is started.
 *
 * @param before a command that starts the process, {@code taskset} for example; mostly none
 * @param handler the function's handler, as in the template
 * @param taskRoot from which the runtime takes the function's classes, beside those of the class path
 * @param jvm the JVM's flags, class path included
 */
public record Launch(List<String> before, String handler, Path taskRoot, List<String> jvm) {
    private static final String BACKUP_HANDLER = "dev.serverbackup.BackupHandler::handleRequest";
    private static final String FOLLOW_UP_HANDLER = "dev.serverbackup.FollowUpHandler::handleRequest";
    /**
     * Lambda's JVM flags with SnapStart on 1,024 MB: JVM defaults that depend on the machine's memory must not depend
     * on this machine's.
     */
    public static final List<String> SNAP_START = List.of("-XX:+UseSerialGC", "-XX:MaxRAM=1024m", "-Xmx512m");
    /** Lambda's, for Java 25 on demand. */
    public static final List<String> ON_DEMAND =
            List.of("-XX:+UseSerialGC", "-XX:MaxRAM=1024m", "-Xmx512m", "-XX:TieredStopAtLevel=1");

    /** The files as they are deployed. */
    public static Launch deployed() {
        return of(ON_DEMAND);
    }

    /** The same files, as the follow-up. */
    public static Launch followUp() {
        Launch backup = deployed();
        return new Launch(backup.before, FOLLOW_UP_HANDLER, backup.taskRoot, backup.jvm);
    }

    /** The files as they are deployed, on a JVM with these flags. */
    public static Launch of(List<String> flags) {
        return of(FunctionTaskRoot.PATH, flags).with(List.of("-cp", TaskRoot.runtimeClassPath()));
    }

    static Launch of(Path taskRoot, List<String> flags) {
        return new Launch(List.of(), BACKUP_HANDLER, taskRoot, flags);
    }

    /** The same with more flags. */
    public Launch with(List<String> flags) {
        List<String> all = new ArrayList<>(jvm);
        all.addAll(flags);
        return new Launch(before, handler, taskRoot, all);
    }

    /** The same, started by another command. */
    public Launch startedBy(List<String> command) {
        return new Launch(command, handler, taskRoot, jvm);
    }

    ProcessBuilder builder(String runtimeApi) throws IOException {
        Files.createDirectories(taskRoot);
        ProcessBuilder builder = new ProcessBuilder(command()).directory(taskRoot.toFile());
        builder.environment().clear();
        builder.environment().putAll(variables(runtimeApi));
        return builder;
    }

    private List<String> command() {
        List<String> command = new ArrayList<>(before);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("-D%s=%s"
                .formatted(
                        NativeLibrary.PROPERTY, NativeLibrary.forThisMachine().orElseThrow()));
        command.add("-Djava.net.preferIPv4Stack=true");
        // Whom org.crac tells: Lambda's own implementation.
        command.add("-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac");
        command.addAll(jvm);
        command.addAll(List.of("com.amazonaws.services.lambda.runtime.api.client.AWSLambda", handler));
        return command;
    }

    private Map<String, String> variables(String runtimeApi) {
        Map<String, String> variables = new HashMap<>(FunctionVariables.JVM);
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
