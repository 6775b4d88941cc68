package dev.serverbackup.local.fleet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A file that a person has written. */
final class TextFile {

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private TextFile() {}

    /**
     * All that is in it.
     *
     * @param what it is called in refusals, such as {@code fleet file}
     * @throws FleetException if it is not there, or holds no UTF-8, or begins with a byte order mark
     * @throws UncheckedIOException if it cannot be read otherwise
     */
    static String read(String what, Path file) {
        try {
            var text = Files.readString(file);
            if (text.startsWith(BYTE_ORDER_MARK)) {
                throw new FleetException(
                        file.toString(), "begins with a byte order mark (BOM); save it as UTF-8 without one");
            }
            return text;
        } catch (NoSuchFileException e) {
            throw new FleetException("", "there is no %s %s".formatted(what, file));
        } catch (CharacterCodingException e) {
            throw new FleetException(file.toString(), "is not UTF-8");
        } catch (IOException e) {
            if (Files.isDirectory(file)) {
                throw new FleetException("", "%s is a folder, no %s".formatted(file, what));
            }
            throw new UncheckedIOException("cannot read the %s %s".formatted(what, file), e);
        }
    }
}
