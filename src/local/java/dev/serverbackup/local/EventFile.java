package dev.serverbackup.local;

import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import com.amazonaws.services.lambda.runtime.serialization.factories.JacksonFactory;
import dev.serverbackup.run.RunReport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Events in and reports out, by the very serialiser of Lambda's Java runtime. */
public final class EventFile {
    private static final PojoSerializer<ScheduledEvent> EVENTS =
            LambdaEventSerializers.serializerFor(ScheduledEvent.class, EventFile.class.getClassLoader());
    private static final PojoSerializer<RunReport> REPORTS =
            JacksonFactory.getInstance().getSerializer(RunReport.class);

    private EventFile() {}

    /**
     * The event that a file holds.
     *
     * @throws IllegalArgumentException if there is no such file, or the runtime could not read it as an event
     */
    public static ScheduledEvent read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException("there is no event file %s; events/ has samples".formatted(file));
        }
        try {
            return parse(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("%s is not an event: %s".formatted(file, e.getMessage()), e);
        }
    }

    /** The event that a text holds; throws what the runtime would. */
    public static ScheduledEvent parse(String json) {
        return EVENTS.fromJson(json);
    }

    /** A report as the function's caller gets it. */
    public static String json(RunReport report) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        REPORTS.toJson(report, bytes);
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
