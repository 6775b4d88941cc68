package dev.serverbackup.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folders in which the instances' commands really run: one for each local cloud, below {@code servers}, deleted
 * when it is closed. A killed process leaves its folders, which the next one deletes.
 */
final class ServerFolders {
    private static final Path ALL = Home.work("servers").toAbsolutePath();

    private ServerFolders() {}

    /** A new, empty folder, named after this process. */
    static Path create() {
        try {
            Files.createDirectories(ALL);
            try (Stream<Path> folders = Files.list(ALL)) {
                folders.filter(ServerFolders::isOfDeadProcess).toList().forEach(ServerFolders::delete);
            }
            return Files.createTempDirectory(ALL, ProcessHandle.current().pid() + "-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Deletes a folder with all that is in it, if it is there. */
    static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isOfDeadProcess(Path folder) {
        String pid = folder.getFileName().toString().replaceFirst("-.*", "");
        return pid.matches("[0-9]{1,18}")
                && ProcessHandle.of(Long.parseLong(pid)).isEmpty();
    }
}
