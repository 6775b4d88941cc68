package dev.serverbackup.documents;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serverbackup.local.systemsmanager.Shell;
import dev.serverbackup.local.systemsmanager.ShellDocument;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** A server on which documents are run: its directory, and the stand-ins of the vendors' commands. */
final class ServerShell {
    static final String ID = "i-0123456789abcdef0-20260301020001500";
    static final Path DOCUMENTS = Path.of("documents");

    private final Path root;
    private final Map<String, List<String>> parameters = new HashMap<>();

    ServerShell(Path root) {
        this.root = root;
        parameters.put("backupId", List.of(ID));
        parameters.put("destination", List.of(artefacts().toString()));
        parameters.put("description", List.of("bmlnaHRseQ"));
        // The stand-ins' backups are small, and a disk of tests may be nearly full.
        parameters.put("spareKilobytes", List.of("0"));
    }

    Path root() {
        return root;
    }

    Path artefacts() {
        return root.resolve("artefacts");
    }

    ServerShell with(String parameter, String value) {
        parameters.put(parameter, List.of(value));
        return this;
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

    /** A script that people may run. */
    ServerShell script(String name, String permissions, String content) {
        try {
            Path script = root.resolve("scripts").resolve(name);
            file("scripts/" + name, "#!/bin/sh\n" + content);
            Files.setPosixFilePermissions(script, PosixFilePermissions.fromString(permissions));
            Files.setPosixFilePermissions(script.getParent(), PosixFilePermissions.fromString("rwxr-xr-x"));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Shell.Ended run(String document) {
        ShellDocument read = ShellDocument.read(document, DOCUMENTS.resolve(document + ".yaml"));
        Map<String, List<String>> given = new HashMap<>(parameters);
        if (document.equals("delete")) {
            given.keySet().removeAll(Set.of("description", "spareKilobytes"));
        }
        return Shell.in(root, Path.of("src/local/commands")).run(read.rendered(given));
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
