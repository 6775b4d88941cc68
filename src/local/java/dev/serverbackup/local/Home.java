package dev.serverbackup.local;

import java.nio.file.Path;

/** The folders of this project's files, and of the local cloud's output. The launcher sets them by two properties. */
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
