package dev.serverbackup.shrink;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * A jar of the runtime scope.
 *
 * @param file where Maven keeps it
 * @param name under which it is deployed: group and file name, as the bill of materials expects it
 */
record Library(Path file, String name) {
    /** An entry's own is read in the machine's time zone, and so not everywhere the same. */
    private static final LocalDateTime TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

    static Library of(Path file, Path repository) {
        Path group = repository.relativize(file).getParent().getParent().getParent();
        return new Library(
                file, group.toString().replace(group.getFileSystem().getSeparator(), ".") + "." + file.getFileName());
    }

    /** The content by its name, in the jar's order. */
    Map<String, byte[]> entries() throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (ZipFile jar = new ZipFile(file.toFile())) {
            for (ZipEntry entry : jar.stream().toList()) {
                entries.put(entry.getName(), jar.getInputStream(entry).readAllBytes());
            }
        }
        return entries;
    }

    /** The content of a folder, as if it were a jar. */
    static Map<String, byte[]> files(Path folder) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path each : files.filter(Files::isRegularFile).sorted().toList()) {
                entries.put(folder.relativize(each).toString(), Files.readAllBytes(each));
            }
        }
        return entries;
    }

    /**
     * Writes the jar, all its entries of one time, and uncompressed: the archive that is deployed is compressed as a
     * whole, which finds what classes have in common.
     *
     * @param left what is left of an entry, by its name and content; empty if nothing is
     */
    void write(Path target, BiFunction<String, byte[], Optional<byte[]>> left) throws IOException {
        try (ZipFile jar = new ZipFile(file.toFile());
                ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(target))) {
            for (ZipEntry entry : jar.stream().toList()) {
                Optional<byte[]> content =
                        left.apply(entry.getName(), jar.getInputStream(entry).readAllBytes());
                if (content.isPresent()) {
                    out.putNextEntry(stored(entry, content.get()));
                    out.write(content.get());
                    out.closeEntry();
                }
            }
        }
    }

    private static ZipEntry stored(ZipEntry entry, byte[] content) {
        CRC32 checksum = new CRC32();
        checksum.update(content);
        ZipEntry stored = new ZipEntry(entry.getName());
        stored.setTimeLocal(TIME);
        stored.setMethod(ZipEntry.STORED);
        stored.setSize(content.length);
        stored.setCrc(checksum.getValue());
        return stored;
    }
}
