package dev.serverbackup.cli;

import dev.serverbackup.request.SafeText;
import java.io.Closeable;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Writes a file atomically: to a temporary file in the same folder, which is moved when it is complete. Never
 * overwrites a file. Used by one thread.
 */
public final class NewFile implements Closeable {
    private static final int LONGEST = 200;

    private final Path place;
    private final Path part;
    private final Writer writer;

    private NewFile(Path place, Path part, Writer writer) {
        this.place = place;
        this.part = part;
        this.writer = writer;
    }

    /**
     * Creates the temporary file.
     *
     * @param option the option that names it, for messages
     * @throws IllegalArgumentException if the file exists already, or the folder does not
     * @throws CommandFailedException if it can't be written
     */
    public static NewFile at(String option, Path place) {
        Path folder = place.toAbsolutePath().getParent();
        if (Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
            throw exists(option, place);
        }
        if (folder == null || !Files.isDirectory(folder)) {
            throw new IllegalArgumentException("%s is a new file; there is no folder %s".formatted(option, folder));
        }
        Path part = folder.resolve(".%s.%d.part"
                .formatted(place.getFileName(), ProcessHandle.current().pid()));
        try {
            return new NewFile(
                    place, part, Files.newBufferedWriter(part, StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW));
        } catch (IOException e) {
            throw unwritable(place, e);
        }
    }

    /** The writer for the text. It may be closed before the file. */
    public Writer writer() {
        return writer;
    }

    /** Moves the complete file to its place. */
    public void keep() {
        try {
            writer.close();
            // Fails if a file was created there in the meantime.
            Files.move(part, place);
        } catch (FileAlreadyExistsException e) {
            throw new CommandFailedException("%s exists by now, and is left as it is.".formatted(place), "");
        } catch (IOException e) {
            throw unwritable(place, e);
        }
    }

    /** Deletes an incomplete file. */
    @Override
    public void close() {
        try {
            try {
                writer.close();
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            throw unwritable(place, e);
        }
    }

    /** Why it can't be written, on one line. */
    private static CommandFailedException unwritable(Path place, IOException e) {
        return new CommandFailedException(
                "%s can't be written: %s"
                        .formatted(
                                place,
                                e instanceof AccessDeniedException
                                        ? "permission denied"
                                        : SafeText.shown(String.valueOf(e.getMessage()), LONGEST)),
                "");
    }

    private static IllegalArgumentException exists(String option, Path place) {
        return new IllegalArgumentException("%s is a new file; %s exists".formatted(option, place));
    }
}
