package dev.serverbackup.local;

import dev.serverbackup.ReportJson;
import dev.serverbackup.request.Event;
import dev.serverbackup.run.RunReport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Events in and reports out, as at the function's door. */
public final class EventFile {
    private EventFile() {}

    /**
     * The event that a file holds.
     *
     * @throws IllegalArgumentException if there is no such file
     * @throws dev.serverbackup.request.InvalidRequestException if the function would refuse what is in it
     */
    public static Event read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException("there is no event file %s; events/ has samples".formatted(file));
        }
        try (var payload = Files.newInputStream(file)) {
            return Event.read(payload);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A report as the function's caller gets it. */
    public static String json(RunReport report) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ReportJson.write(report, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
