package dev.serverbackup.local.systemsmanager;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * A server's shell: runs a script as the agent does, by {@code /bin/sh}, in a directory of its own.
 *
 * @param root this server's directory; all that the documents keep on a server lies in it
 * @param variables for the scripts
 */
public record Shell(Path root, Map<String, String> variables) {

    /** How a script ended. */
    public record Ended(int code, String output, String complaints) {}

    /** A shell in whose path the commands of a directory come first. */
    public static Shell in(Path root, Path commands) {
        return new Shell(
                root,
                Map.of(
                        "PATH", commands.toAbsolutePath() + ":/usr/local/bin:/usr/bin:/bin",
                        "HOME", root.toString(),
                        "SERVER_ROOT", root.toString(),
                        "SERVER_BACKUP_STATE", root.resolve("state").toString(),
                        "SERVER_BACKUP_SCRIPTS", root.resolve("scripts").toString(),
                        "SERVER_BACKUP_CHEF_BACKUPS",
                                root.resolve("chef-backups").toString(),
                        "SERVER_BACKUP_PUPPET",
                                commands.toAbsolutePath()
                                        .resolve("puppet-backup")
                                        .toString(),
                        "SERVER_BACKUP_PUPPET_ETC", root.resolve("puppetlabs").toString()));
    }

    /** Runs a script to its end. An interrupt ends it. */
    public Ended run(String script) {
        try {
            Files.createDirectories(root);
            var file = Files.createTempFile(root, "_script", ".sh");
            var output = Files.createTempFile(root, "stdout", "");
            var complaints = Files.createTempFile(root, "stderr", "");
            try {
                Files.writeString(file, script);
                var code = ended(process(file, output, complaints));
                return new Ended(code, Files.readString(output, UTF_8), Files.readString(complaints, UTF_8));
            } finally {
                Files.delete(file);
                Files.delete(output);
                Files.delete(complaints);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** What is interrupted leaves no process behind. */
    private static int ended(Process process) throws InterruptedException {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            var _ = process.onExit().join();
            throw e;
        }
    }

    private Process process(Path script, Path output, Path complaints) throws IOException {
        var builder = new ProcessBuilder("/bin/sh", script.toString())
                .directory(root.toFile())
                .redirectOutput(output.toFile())
                .redirectError(complaints.toFile());
        builder.environment().clear();
        builder.environment().putAll(variables);
        return builder.start();
    }
}
