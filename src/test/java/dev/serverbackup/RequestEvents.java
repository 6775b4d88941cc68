package dev.serverbackup;

import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import dev.serverbackup.local.EventFile;
import java.nio.file.Path;
import java.util.UUID;

/** Events that ask for backups, as Lambda's own serialiser makes them. */
final class RequestEvents {
    /** Every server that has the tag {@code Backup}, whatever its value. */
    static final String EVERY_SERVER = "{\"tags\": {\"Backup\": []}}";

    private RequestEvents() {}

    /** A request id that no other test uses. */
    static String newRequestId() {
        return "test-" + UUID.randomUUID();
    }

    static ScheduledEvent byFile(String name) {
        return EventFile.read(Path.of("events", name));
    }

    /** Everything tagged, under a request id. */
    static ScheduledEvent everyServer(String requestId) {
        return selecting(requestId, EVERY_SERVER);
    }

    static ScheduledEvent selecting(String requestId, String selector) {
        return detail("{\"requestId\": \"%s\", \"selector\": %s}".formatted(requestId, selector));
    }

    static ScheduledEvent detail(String detail) {
        return EventFile.parse("{\"detail-type\": \"Server Backup Requested\", \"source\": \"test\", \"detail\": %s}"
                .formatted(detail));
    }
}
