package dev.serverbackup;

import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import dev.serverbackup.request.ServerName;
import java.util.Map;
import java.util.Optional;

/**
 * Reads EventBridge's events about Systems Manager commands. An event only says which server to look at; what happened
 * there is asked of Systems Manager, so a false event does no harm.
 */
final class CommandEnd {
    static final String SOURCE = "aws.ssm";
    static final String DETAIL_TYPE = "EC2 Command Invocation Status-change Notification";

    private CommandEnd() {}

    /** The server on which a command has ended; empty for any other event. */
    static Optional<ServerName> server(ScheduledEvent event) {
        return Optional.ofNullable(event)
                .filter(one -> SOURCE.equals(one.getSource()) && DETAIL_TYPE.equals(one.getDetailType()))
                .map(ScheduledEvent::getDetail)
                .flatMap(CommandEnd::instance);
    }

    private static Optional<ServerName> instance(Map<String, Object> detail) {
        return detail.get("instance-id") instanceof String id ? ServerName.parse(id) : Optional.empty();
    }
}
