package dev.serverbackup;

import dev.serverbackup.request.Event;
import dev.serverbackup.request.ServerName;
import java.util.Optional;

/**
 * What EventBridge tells of a command of Systems Manager. It only says where to look, so none of it need be believed.
 */
final class CommandEnd {
    static final String SOURCE = "aws.ssm";
    static final String DETAIL_TYPE = "EC2 Command Invocation Status-change Notification";

    private CommandEnd() {}

    /** The server on which a command has ended; nothing where the event is of anything else. */
    static Optional<ServerName> server(Event event) {
        boolean ended = event.source().filter(SOURCE::equals).isPresent()
                && event.detailType().filter(DETAIL_TYPE::equals).isPresent();
        return ended && event.detail().get("instance-id") instanceof String id
                ? ServerName.parse(id)
                : Optional.empty();
    }
}
