package dev.serverbackup;

import dev.serverbackup.local.EventFile;
import dev.serverbackup.request.Event;
import java.nio.file.Path;
import java.util.UUID;

/** Events that ask for backups, as they are read at the door. */
final class Asked {
    /** Every server that has the tag {@code Backup}, whatever its value. */
    static final String EVERY_SERVER = "{\"tags\": {\"Backup\": []}}";

    private Asked() {}

    /** A request id that no other test uses. */
    static String newRequestId() {
        return "test-" + UUID.randomUUID();
    }

    static Event byFile(String name) {
        return EventFile.read(Path.of("events", name));
    }

    /** Everything tagged, under a request id. */
    static Event everyServer(String requestId) {
        return selecting(requestId, EVERY_SERVER);
    }

    static Event selecting(String requestId, String selector) {
        return detail("{\"requestId\": \"%s\", \"selector\": %s}".formatted(requestId, selector));
    }

    static Event detail(String detail) {
        return Event.parse("{\"detail-type\": \"Server Backup Requested\", \"source\": \"test\", \"detail\": %s}"
                .formatted(detail));
    }
}
