package dev.serverbackup.local;

import java.nio.file.Path;

/** Where the files of this project are, and where the local cloud may write. The launcher says so by two properties. */
public final class Home {
    private static final Path FILES = Path.of(System.getProperty("server-backup.home", ""));
    private static final Path WORK = Path.of(System.getProperty("server-backup.work", "target"));

    private Home() {}

    /** A file of the project, such as {@code template.yaml}: in the working directory if nothing else is said. */
    public static Path file(String path) {
        return FILES.resolve(path);
    }

    /** A file or folder that may be written, and deleted between two starts. */
    public static Path work(String path) {
        return WORK.resolve(path);
    }
}
