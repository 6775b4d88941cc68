package dev.serverbackup.documents;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serverbackup.local.systemsmanager.Shell;
import dev.serverbackup.local.systemsmanager.ShellDocument;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A server on which documents are run: its directory, and the stand-ins of the vendors' commands. */
final class ServerShell {
    static final String ID = "i-0123456789abcdef0-20260301020001500";
    private static final Set<String> OTHERS = Set.of("delete", "verify", "restore");
    static final Path DOCUMENTS = Path.of("documents");

    private final Path root;
    private final Map<String, List<String>> parameters = new HashMap<>();
    private final Map<String, String> variables = new HashMap<>();
    private Optional<Bucket> bucket = Optional.empty();

    ServerShell(Path root) {
        this.root = root;
        parameters.put("backupId", List.of(ID));
        parameters.put("destination", List.of(artefacts().toString()));
        parameters.put("description", List.of("bmlnaHRseQ"));
        // The stand-ins' backups are small, and a disk of tests may be nearly full.
        parameters.put("spareKilobytes", List.of("0"));
    }

    /** One on which each engine's backup, and the generic script, do well. */
    static ServerShell withEverything(Path root) {
        return new ServerShell(root)
                .script("backup", "echo data >\"$1/dump.sql\"")
                .file("puppetlabs/orchestration-services/conf.d/secrets/keys.json", "{}")
                .file("puppetlabs/console-services/conf.d/secrets/keys.json", "{}");
    }

    Path artefacts() {
        return root.resolve("artefacts");
    }

    ServerShell with(String parameter, String value) {
        parameters.put(parameter, List.of(value));
        return this;
    }

    /**
     * Where artefacts go from now on: {@code /path} is below this server's directory, {@code s3:/prefix} in its own bucket.
     *
     * @return what the documents are told
     */
    String keepsIn(String place) {
        String destination =
                place.startsWith("s3:") ? "s3://" + bucket().name() + place.substring("s3:".length()) : root + place;
        with("destination", destination);
        return destination;
    }

    /** Its own, which is made when it is first asked for. */
    Bucket bucket() {
        Bucket own = bucket.orElseGet(Bucket::new);
        bucket = Optional.of(own);
        variable("AWS_ENDPOINT_URL_S3", own.endpoint().toString());
        return own;
    }

    /** From now on S3 does not answer. */
    ServerShell withoutS3() {
        return variable("AWS_ENDPOINT_URL_S3", "http://127.0.0.1:1");
    }

    /** Lays a file on the server. */
    ServerShell file(String path, String content) {
        try {
            Files.createDirectories(root.resolve(path).getParent());
            Files.writeString(root.resolve(path), content);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A script that root may run. */
    ServerShell script(String name, String content) {
        return script(name, "rwxr-xr-x", content);
    }

    ServerShell script(String name, String permissions, String content) {
        return program("scripts/" + name, permissions, content);
    }

    private ServerShell program(String path, String permissions, String content) {
        try {
            file(path, "#!/bin/sh\n" + content);
            Path program = root.resolve(path);
            Files.setPosixFilePermissions(program, PosixFilePermissions.fromString(permissions));
            Files.setPosixFilePermissions(program.getParent(), PosixFilePermissions.fromString("rwxr-xr-x"));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A variable that the agent's own environment has. */
    ServerShell variable(String name, String value) {
        variables.put(name, value);
        return this;
    }

    /** A command that comes before the server's own of that name; {@code real NAME ...} in it is the server's own. */
    ServerShell command(String name, String content) {
        program("commands/" + name, "rwxr-xr-x", "real() { PATH=\"${PATH#*:}\" \"$@\"; }\n" + content);
        return variable(
                "PATH", root.resolve("commands") + ":" + stands().variables().get("PATH"));
    }

    /** Has each of these commands, by blanks apart and counted together, kill the whole document at the step that {@link #isKilledAt} says. */
    ServerShell killing(String commands) {
        for (String command : commands.split(" ", -1)) {
            command(command, """
                echo >>"$SERVER_ROOT/calls"
                if [ "$KILL_AT" -gt 0 ] && [ "$(real wc -l <"$SERVER_ROOT/calls")" -ge "$KILL_AT" ]; then kill -KILL 0; fi
                real %s "$@"
                """.formatted(command));
        }
        return variable("KILL_AT", "0").file("calls", "");
    }

    /** Runs a document to its end or that step, counted from 1; a later run goes to its end. */
    boolean isKilledAt(int step, String document) throws IOException {
        file("calls", "").variable("KILL_AT", Integer.toString(step));
        Process process = starting(document, "")
                .redirectOutput(root.resolve("output").toFile())
                .start();
        // The pipe ends with the last process of the group: until then one that dies may hold the server's lock.
        process.getErrorStream().readAllBytes();
        variable("KILL_AT", "0");
        return process.onExit().join().exitValue() == 137;
    }

    /** Does something while another process holds a lock of the server. */
    void whileLocked(String lock, Runnable act) throws IOException, InterruptedException {
        Files.createDirectories(root.resolve(lock).getParent());
        Process holder = new ProcessBuilder("flock", root.resolve(lock).toString(), "cat").start();
        try {
            // The lock is taken once the holder's own command answers.
            holder.getOutputStream().write('x');
            holder.getOutputStream().flush();
            assertThat(holder.getInputStream().read()).isEqualTo('x');
            act.run();
        } finally {
            holder.destroy();
            holder.waitFor();
        }
    }

    /** Has an administrator do something in the server's directory, and tells what that says. */
    List<String> does(String act) {
        try {
            Process doing = new ProcessBuilder("/bin/sh", "-ec", act)
                    .directory(root.toFile())
                    .redirectError(Redirect.INHERIT)
                    .start();
            List<String> said = doing.inputReader().lines().toList();
            assertThat(doing.onExit().join().exitValue()).isZero();
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The files of an archive that can be read to its end, in the order of their names. */
    List<String> filesIn(Object archive) {
        return does("tar -tf %s >_files; grep -v '/$' _files | LC_ALL=C sort".formatted(archive));
    }

    /** Waits until a process has made a file. */
    Path awaited(String path, Process maker) {
        while (!Files.exists(root.resolve(path))) {
            assertThat(maker.isAlive()).isTrue();
            Thread.onSpinWait();
        }
        return root.resolve(path);
    }

    Shell.Ended run(String document) {
        return shell().run(script(document));
    }

    /** Starts a document in a process group of its own, as the agent does: for what is to be killed, or not awaited. */
    ProcessBuilder starting(String document, String before) {
        file("_document.sh", script(document));
        Path script = root.resolve("_document.sh");
        ProcessBuilder builder = new ProcessBuilder(
                "setsid", "--wait", "/bin/sh", "-c", before + " exec /bin/sh \"$0\"", script.toString());
        builder.environment().clear();
        builder.environment().putAll(shell().variables());
        return builder;
    }

    /** Starts a document whose output goes to a file of the server. */
    Process start(String document, String output) throws IOException {
        return starting(document, "")
                .redirectOutput(root.resolve(output).toFile())
                .redirectError(root.resolve("_complaints").toFile())
                .start();
    }

    /** Runs a document and fails if it is not a backup. */
    JsonNode backup(String document) {
        Shell.Ended ended = run(document);
        assertThat(ended.code()).describedAs(ended.toString()).isZero();
        assertThat(ended.output().lines()).hasSize(1);
        return line(ended);
    }

    /** Runs a document and fails if it does not refuse, by one line of the type. */
    JsonNode refusal(String document, String type) {
        Shell.Ended ended = run(document);
        assertThat(ended.code()).describedAs(ended.toString()).isOne();
        assertThat(line(ended).path("error").textValue())
                .describedAs(ended.toString())
                .isEqualTo(type);
        assertThat(line(ended).path("message").textValue()).isNotBlank();
        return line(ended);
    }

    /** Why a document refuses. */
    String words(String document, String type) {
        return refusal(document, type).path("message").textValue();
    }

    private Shell stands() {
        return Shell.in(root, Path.of("src/local/commands"));
    }

    private Shell shell() {
        Map<String, String> all = new HashMap<>(stands().variables());
        all.putAll(variables);
        return new Shell(root, all);
    }

    /** @param what an engine of the backup document, or another document's name */
    private String script(String what) {
        Map<String, List<String>> given = new HashMap<>(parameters);
        String name = OTHERS.contains(what) ? what : "backup";
        if (name.equals("backup")) {
            given.put("engine", List.of(what));
        }
        ShellDocument document = ShellDocument.read(name, DOCUMENTS.resolve(name + ".yaml"));
        if (name.equals("backup")) {
            given.keySet().removeAll(Set.of("size", "sha256", "testSeconds", "restoreId"));
        } else {
            given.keySet().retainAll(document.parameters());
        }
        return document.rendered(given);
    }

    /** What is known of a backup, for the documents that read it back. */
    ServerShell knowing(JsonNode backup) {
        return with("engine", backup.path("engine").textValue())
                .with("size", backup.path("size").asText())
                .with("sha256", backup.path("sha256").textValue());
    }

    static JsonNode line(Shell.Ended ended) {
        try {
            return new ObjectMapper().readTree(ended.output());
        } catch (JsonProcessingException e) {
            throw new AssertionError("no line of JSON: " + ended, e);
        }
    }

    /** All that lies below a directory of the server, by its paths in it. */
    List<String> below(String directory) {
        Path from = root.resolve(directory);
        if (!Files.exists(from)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(from)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> from.relativize(file).toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
