package dev.serverbackup.runtime;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** What is deployed, as one archive. */
public final class DeployedFiles {
    private DeployedFiles() {}

    /** The size of the archive that Lambda would get. */
    public static long zippedBytes() throws IOException {
        Path root = TaskRoot.layOut();
        AtomicLong size = new AtomicLong();
        try (ZipOutputStream zip = new ZipOutputStream(counting(size));
                Stream<Path> files = Files.walk(root, FileVisitOption.FOLLOW_LINKS)) {
            files.filter(Files::isRegularFile)
                    .forEach(file -> add(zip, root.relativize(file).toString(), file));
        }
        return size.get();
    }

    private static void add(ZipOutputStream zip, String name, Path file) {
        try {
            zip.putNextEntry(new ZipEntry(name));
            Files.copy(file, zip);
            zip.closeEntry();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static OutputStream counting(AtomicLong size) {
        return new OutputStream() {
            @Override
            public void write(int b) {
                size.incrementAndGet();
            }

            @Override
            public void write(byte[] bytes, int from, int length) {
                size.addAndGet(length);
            }
        };
    }
}
