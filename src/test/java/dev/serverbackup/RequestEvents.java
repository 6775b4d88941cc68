package dev.serverbackup;

import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import dev.serverbackup.local.EventFile;
import java.nio.file.Path;

/** Events that ask for backups, as Lambda's own serialiser makes them. */
final class RequestEvents {
    private RequestEvents() {}

    static ScheduledEvent byFile(String name) {
        return EventFile.read(Path.of("events", name));
    }

    /** Every server that has the tag {@code Backup}, whatever its value. */
    static ScheduledEvent everyServer(String requestId) {
        return selecting(requestId, "{\"tags\": {\"Backup\": []}}");
    }

    static ScheduledEvent selecting(String requestId, String selector) {
        return EventFile.parse("""
            {"detail-type": "Server Backup Requested", "source": "test",
             "detail": {"requestId": "%s", "selector": %s}}\
            """.formatted(requestId, selector));
    }
}
