package dev.serverbackup.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Lists the artefacts on disk, and whether they match the audit table. */
final class Artefacts {
    private Artefacts() {}

    static String onDisk(LocalCloud cloud, String runId) {
        TextTable table = new TextTable("ARTEFACT", "BYTES", "SHA-256 ON DISK", "IN THE AUDIT TABLE");
        for (Map<String, AttributeValue> item : DemoReport.items(cloud, runId)) {
            if (item.containsKey("backup") && item.get("backup").m().containsKey("Sha256")) {
                add(table, item.get("backup").m());
            }
        }
        return table.isEmpty() ? "" : "\nARTEFACTS ON DISK\n%s".formatted(table);
    }

    private static void add(TextTable table, Map<String, AttributeValue> backup) {
        Path artefact = Path.of(backup.get("Artefact").s());
        String there = sha256(artefact);
        boolean same = there.equals(backup.get("Sha256").s());
        table.add(
                String.valueOf(artefact.getFileName()),
                backup.get("Size").n(),
                there,
                same ? "the same" : "ANOTHER: " + backup.get("Sha256").s());
    }

    private static String sha256(Path file) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
