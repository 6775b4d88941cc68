package dev.serverbackup.local;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The file of a function's log lines. */
public final class LogFile {
    private LogFile() {}

    /** A new, empty one. */
    public static PrintStream open(Path file) {
        try {
            Files.createDirectories(file.getParent());
            return new PrintStream(Files.newOutputStream(file), true, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the log can't be written to " + file, e);
        }
    }
}
