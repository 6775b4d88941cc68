package dev.serverbackup.local.fleet;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.serverbackup.local.systemsmanager.Instance;
import dev.serverbackup.local.systemsmanager.Instance.Standing;
import dev.serverbackup.local.systemsmanager.RunCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A managed node, and what lies on it.
 *
 * @param files content by path in the server's directory; the stand-ins of the vendors' commands look there
 * @param scripts content by name of those that the generic document may run
 */
public record FleetInstance(Instance instance, Map<String, String> files, Map<String, String> scripts) {
    private static final Pattern ID = Pattern.compile("i-[0-9a-f]{8}|m?i-[0-9a-f]{17}");
    private static final Path SCRIPTS = Path.of("scripts");

    public FleetInstance {
        files = Map.copyOf(files);
        scripts = Map.copyOf(scripts);
        if (!ID.matcher(instance.id()).matches()) {
            throw new IllegalArgumentException(
                    "id is i- and 8 or 17 hexadecimal digits, or mi- and 17, but is '" + instance.id() + "'");
        }
    }

    /** As the fleet file writes it; only the id must be there. */
    record Written(
            @JsonProperty(required = true) String id,
            Map<String, String> tags,
            Optional<Standing> standing,
            Map<String, String> files,
            Map<String, String> scripts) {}

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static FleetInstance of(Written written) {
        return new FleetInstance(
                new Instance(written.id, written.tags, written.standing.orElse(Standing.ONLINE)),
                written.files,
                written.scripts);
    }

    /** Puts it in place, with what lies on it. */
    public void into(RunCommand commands) {
        commands.put(instance);
        Path root = commands.root(instance.id());
        new TreeMap<>(files).forEach((path, content) -> lay(root.resolve(path), content));
        new TreeMap<>(scripts).forEach((name, content) -> script(root.resolve(SCRIPTS), name, content));
    }

    private static void lay(Path file, String content) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whatever the umask is: only its owner may write to it, else the document refuses to run it. */
    private static void script(Path directory, String name, String content) {
        lay(directory.resolve(name), content);
        try {
            for (Path one : Set.of(directory, directory.resolve(name))) {
                Files.setPosixFilePermissions(one, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
