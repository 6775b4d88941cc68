package dev.serverbackup.local.systemsmanager;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

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
                        "SERVER_BACKUP_TRUSTED", real(root).toString(),
                        "SERVER_BACKUP_STATE", root.resolve("state").toString(),
                        "SERVER_BACKUP_SCRIPTS", root.resolve("scripts").toString(),
                        "SERVER_BACKUP_CHEF_BACKUPS",
                                root.resolve("chef-backups").toString(),
                        "SERVER_BACKUP_PUPPET",
                                commands.toAbsolutePath()
                                        .resolve("puppet-backup")
                                        .toString(),
                        "SERVER_BACKUP_CHEF_FILES", root.resolve("chef-files").toString(),
                        "SERVER_BACKUP_PUPPET_ETC", root.resolve("puppetlabs").toString()));
    }

    /** The same shell on a server whose clock says this. */
    public Shell at(Instant now) {
        return with("SERVER_CLOCK", Long.toString(now.getEpochSecond()));
    }

    /** The same shell with another variable. */
    Shell with(String name, String value) {
        var all = new HashMap<>(variables);
        all.put(name, value);
        return new Shell(root, all);
    }

    /** With the links in what there is of it resolved, as the documents see it. */
    private static Path real(Path root) {
        try {
            return Files.createDirectories(root).toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Runs a script until it has ended and nothing can add to its output any more: as the agent, which waits for a service
     * that inherited one of its pipes. An interrupt ends it.
     */
    public Ended run(String script) {
        try {
            Files.createDirectories(root);
            var file = Files.createTempFile(root, "_script", ".sh");
            try {
                Files.writeString(file, script);
                return ended(process(file));
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** What is interrupted leaves no process behind. */
    private static Ended ended(Process process) throws InterruptedException {
        var output = text(process.getInputStream());
        var complaints = text(process.getErrorStream());
        try {
            return new Ended(process.waitFor(), output.get(), complaints.get());
        } catch (ExecutionException e) {
            throw new IllegalStateException("its output can't be read", e);
        } catch (InterruptedException e) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            var _ = process.onExit().join();
            throw e;
        }
    }

    private static CompletableFuture<String> text(InputStream stream) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try (stream) {
                        return new String(stream.readAllBytes(), UTF_8);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                Thread::startVirtualThread);
    }

    private Process process(Path script) throws IOException {
        var builder = new ProcessBuilder("/bin/sh", script.toString()).directory(root.toFile());
        builder.environment().clear();
        builder.environment().putAll(variables);
        return builder.start();
    }
}
