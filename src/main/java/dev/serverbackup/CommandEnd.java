package dev.serverbackup;

import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import dev.serverbackup.request.ServerName;
import java.util.Map;
import java.util.Optional;

/**
 * What EventBridge tells of a command of Systems Manager. It only says where to look, so none of it need be believed.
 */
final class CommandEnd {
    static final String SOURCE = "aws.ssm";
    static final String DETAIL_TYPE = "EC2 Command Invocation Status-change Notification";

    private CommandEnd() {}

    /** The server on which a command has ended; nothing where the event is of anything else. */
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
