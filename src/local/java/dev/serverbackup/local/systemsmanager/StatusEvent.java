package dev.serverbackup.local.systemsmanager;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.serverbackup.local.eventbridge.BusEvent;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** What Systems Manager tells the default bus, as best it can, when a command's status on a server has changed. */
public final class StatusEvent {
    /** Its detail type. */
    public static final String DETAIL_TYPE = "EC2 Command Invocation Status-change Notification";

    private StatusEvent() {}

    /** The event of a command as it is now. */
    public static BusEvent of(SentCommand command, Instant now) {
        var detail = JsonNodeFactory.instance
                .objectNode()
                .put("command-id", command.id())
                .put("document-name", command.document().name())
                .put("instance-id", command.instanceId())
                .put("requested-date-time", command.requestedAt().toString())
                .put("status", command.status());
        return new BusEvent(
                UUID.randomUUID().toString(),
                now,
                "default",
                "aws.ssm",
                DETAIL_TYPE,
                List.of(),
                detail.toString(),
                detail);
    }
}
