package dev.serverbackup.shrink;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Writes the jars that are deployed: those of the runtime scope, the AWS clients among them without what nothing can
 * reach. The build runs it from its source, before any test: docs/decisions/0017-shrunk-clients.md.
 */
public final class Shrink {
    /**
     * The generated clients, and the SDK's metadata of all services: they load no class by a name that is put together.
     */
    private static final List<String> SHRUNK = List.of(
            "software.amazon.awssdk.ssm-",
            "software.amazon.awssdk.dynamodb-",
            "software.amazon.awssdk.eventbridge-",
            "software.amazon.awssdk.opsworkscm-",
            "software.amazon.awssdk.resourcegroupstaggingapi-",
            "software.amazon.awssdk.regions-");

    private Shrink() {}

    /**
     * The same input, the same bytes. What was in the folder of an earlier time is removed.
     *
     * @param arguments a file with the class path of the runtime scope, Maven's local repository, the folder of our
     *     classes, the folder to write the jars into, in lib/, and at last the empty file "written"
     */
    public static void main(String... arguments) throws IOException {
        Path repository = Path.of(arguments[1]);
        Path folder = Path.of(arguments[3], "lib");
        List<Library> libraries = Stream.of(
                        Files.readString(Path.of(arguments[0])).strip().split(System.getProperty("path.separator"), -1))
                .map(Path::of)
                .map(jar -> Library.of(jar, repository))
                .toList();
        Path written = Path.of(arguments[3], "written");
        Files.deleteIfExists(written);
        empty(folder);
        Reach reach = new Reach(libraries.stream().map(Library::file).toList());
        for (Library library : libraries) {
            if (shrunk(library)) {
                reach.mayShrink(library.entries());
            } else {
                reach.wholeAre(library.entries());
                library.write(folder.resolve(library.name()), (name, content) -> Optional.of(content));
            }
        }
        reach.wholeAre(Library.files(Path.of(arguments[2])));
        reach.follow();
        for (Library library : libraries) {
            if (shrunk(library)) {
                library.write(folder.resolve(library.name()), reach::left);
            }
        }
        Files.createFile(written);
    }

    private static boolean shrunk(Library library) {
        return SHRUNK.stream().anyMatch(library.name()::startsWith);
    }

    private static void empty(Path folder) throws IOException {
        Files.createDirectories(folder);
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
    }
}
