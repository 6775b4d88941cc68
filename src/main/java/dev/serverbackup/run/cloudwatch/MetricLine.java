package dev.serverbackup.run.cloudwatch;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Map;

/**
 * A log line of which CloudWatch makes metrics: no call, no latency. Its format is "Specification: Embedded metric
 * format" of the CloudWatch user guide.
 *
 * @param dimensions by name, all of them together
 * @param readings by the metric's name; at most 100
 */
record MetricLine(Instant time, Map<String, String> dimensions, Map<String, Reading> readings) {
    private static final String NAMESPACE = "ServerBackup";
    private static final int MOST_READINGS = 100;
    private static final JsonFactory JSON = new JsonFactory();

    /** As CloudWatch names it. */
    enum Unit {
        COUNT("Count"),
        SECONDS("Seconds");

        private final String title;

        Unit(String title) {
            this.title = title;
        }
    }

    /** A metric's value. */
    record Reading(double value, Unit unit) {}

    MetricLine {
        if (readings.isEmpty() || readings.size() > MOST_READINGS) {
            throw new IllegalArgumentException(
                    "a line has 1 to %d metrics, not %d".formatted(MOST_READINGS, readings.size()));
        }
    }

    /** The line itself, without its end. */
    String json() {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            writeDefinition(json);
            for (Map.Entry<String, String> dimension : dimensions.entrySet()) {
                json.writeStringField(dimension.getKey(), dimension.getValue());
            }
            for (Map.Entry<String, Reading> reading : readings.entrySet()) {
                json.writeNumberField(reading.getKey(), reading.getValue().value());
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("writing to a string in memory", e);
        }
        return text.toString();
    }

    private void writeDefinition(JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("_aws");
        json.writeNumberField("Timestamp", time.toEpochMilli());
        json.writeArrayFieldStart("CloudWatchMetrics");
        json.writeStartObject();
        json.writeStringField("Namespace", NAMESPACE);
        json.writeArrayFieldStart("Dimensions");
        json.writeStartArray();
        for (String dimension : dimensions.keySet()) {
            json.writeString(dimension);
        }
        json.writeEndArray();
        json.writeEndArray();
        writeMetrics(json);
        json.writeEndObject();
        json.writeEndArray();
        json.writeEndObject();
    }

    private void writeMetrics(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("Metrics");
        for (Map.Entry<String, Reading> reading : readings.entrySet()) {
            json.writeStartObject();
            json.writeStringField("Name", reading.getKey());
            json.writeStringField("Unit", reading.getValue().unit().title);
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}
