package dev.serverbackup.local;

import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import com.amazonaws.services.lambda.runtime.serialization.factories.JacksonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serverbackup.run.RunReport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads events and writes reports with the serialiser of Lambda's Java runtime. */
public final class EventFile {
    private static final PojoSerializer<ScheduledEvent> EVENTS =
            LambdaEventSerializers.serializerFor(ScheduledEvent.class, EventFile.class.getClassLoader());
    private static final PojoSerializer<RunReport> REPORTS =
            JacksonFactory.getInstance().getSerializer(RunReport.class);

    private static final ObjectMapper JSON = new ObjectMapper();

    private EventFile() {}

    /**
     * The event that a file holds.
     *
     * @throws IllegalArgumentException if there is no such file; if it is no UTF-8 or no JSON, or the runtime could not read it as an event
     */
    public static ScheduledEvent read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException("there is no event file %s; events/ has samples".formatted(file));
        }
        String text = text(file);
        try {
            return parse(text);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(file + whatIsWrong(text, e), e);
        }
    }

    /** The runtime accepts a little more than JSON, so the text is only checked when the runtime has rejected it. */
    private static String whatIsWrong(String text, RuntimeException rejection) {
        try {
            JSON.readTree(text);
            return " is not an event: " + withoutPlace(rejection);
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            return " is not valid JSON: line %d, column %d".formatted(at.getLineNr(), at.getColumnNr());
        }
    }

    private static String text(Path file) {
        try {
            String text = Files.readString(file);
            if (text.startsWith("\uFEFF")) {
                throw new IllegalArgumentException(
                        file + " begins with a byte order mark (BOM); save it as UTF-8 without one");
            }
            return text;
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(file + " is not UTF-8", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The message of the runtime's parser, without the position in its buffer. */
    private static String withoutPlace(RuntimeException failure) {
        Throwable last = failure;
        while (last.getCause() != null) {
            last = last.getCause();
        }
        return String.valueOf(last.getMessage()).split("\\s+at \\[Source", 2)[0];
    }

    /** The event that a text holds; throws what the runtime would. */
    public static ScheduledEvent parse(String json) {
        return EVENTS.fromJson(json);
    }

    /** A report as the function's caller receives it. */
    public static String json(RunReport report) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        REPORTS.toJson(report, bytes);
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
