package dev.serverbackup;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import dev.serverbackup.run.FollowUpReport;
import dev.serverbackup.run.RunReport;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Writes what the functions answer: a report's members by their names and in their order, but for what is null. */
public final class ReportJson {
    private static final JsonFactory JSON =
            JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

    private ReportJson() {}

    /** In UTF-8; the stream stays open. */
    public static void write(RunReport report, OutputStream out) throws IOException {
        try (JsonGenerator json = generator(out)) {
            json.writeStartObject();
            json.writeStringField("runId", report.runId());
            json.writeStringField("status", report.status());
            json.writeStringField("plan", report.plan());
            json.writeNumberField("targets", report.targets());
            write(json, "counts", report.counts());
            json.writeNumberField("excludedCount", report.excludedCount());
            write(json, "excluded", report.excluded());
            json.writeNumberField("skippedCount", report.skippedCount());
            json.writeArrayFieldStart("skipped");
            for (RunReport.Skipped skipped : report.skipped()) {
                json.writeStartObject();
                write(json, "resource", skipped.resource());
                write(json, "reason", skipped.reason());
                json.writeEndObject();
            }
            json.writeEndArray();
            if (report.nearMisses() != null) {
                write(json, "nearMisses", report.nearMisses());
            }
            json.writeArrayFieldStart("servers");
            for (RunReport.Line line : report.servers()) {
                write(json, line);
            }
            json.writeEndArray();
            json.writeBooleanField("truncated", report.truncated());
            json.writeEndObject();
        }
    }

    /** By way of a writer: half a surrogate pair becomes a question mark there, and does not cost the answer. */
    private static JsonGenerator generator(OutputStream out) throws IOException {
        return JSON.createGenerator(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    }

    private static void write(JsonGenerator json, RunReport.Line line) throws IOException {
        json.writeStartObject();
        write(json, "serverName", line.serverName());
        write(json, "serverTitle", line.serverTitle());
        write(json, "status", line.status());
        write(json, "backupId", line.backupId());
        write(json, "errorType", line.errorType());
        write(json, "errorMessage", line.errorMessage());
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, String name, List<RunReport.Excluded> servers) throws IOException {
        json.writeArrayFieldStart(name);
        for (RunReport.Excluded server : servers) {
            json.writeStartObject();
            write(json, "name", server.name());
            write(json, "reason", server.reason());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void write(JsonGenerator json, String name, String text) throws IOException {
        if (text != null) {
            json.writeStringField(name, text);
        }
    }

    private static void write(JsonGenerator json, String name, Map<String, Integer> counts) throws IOException {
        json.writeObjectFieldStart(name);
        for (Map.Entry<String, Integer> count : counts.entrySet()) {
            json.writeNumberField(count.getKey(), count.getValue());
        }
        json.writeEndObject();
    }

    /** In UTF-8; the stream stays open. */
    public static void write(FollowUpReport report, OutputStream out) throws IOException {
        try (JsonGenerator json = generator(out)) {
            json.writeStartObject();
            json.writeNumberField("rows", report.rows());
            write(json, "entries", report.entries());
            json.writeNumberField("noticesSent", report.noticesSent());
            json.writeNumberField("noticesDue", report.noticesDue());
            json.writeNumberField("deleted", report.deleted());
            json.writeNumberField("wouldDelete", report.wouldDelete());
            json.writeNumberField("unreadable", report.unreadable());
            json.writeNumberField("otherBackend", report.otherBackend());
            json.writeNumberField("failed", report.failed());
            json.writeBooleanField("complete", report.complete());
            json.writeEndObject();
        }
    }
}
