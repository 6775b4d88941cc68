package dev.serverbackup;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.serverbackup.request.Event;
import dev.serverbackup.run.Deadline;
import dev.serverbackup.run.FollowUp;
import dev.serverbackup.run.FollowUpReport;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.function.Supplier;
import software.amazon.lambda.powertools.logging.PowertoolsLogging;

/**
 * The door of the follow-up: one pass over what is open. If the event says that a command has ended on a server, over
 * what was started there; whatever else it says, over all that is due. A row's trouble does not make it throw; an audit
 * table that can't be read or written does.
 */
public final class FollowUpHandler implements RequestStreamHandler {
    private final Wiring wiring;
    private final Supplier<FollowUp> followUps;

    /** Lambda's: everything comes from the environment. */
    public FollowUpHandler() {
        this(Wiring.of(Settings.from(System.getenv())));
    }

    /** The local run's and the tests'. */
    public FollowUpHandler(Wiring wiring) {
        this.wiring = wiring;
        this.followUps = wiring.followUps();
    }

    @Override
    public void handleRequest(InputStream payload, OutputStream answer, Context context) throws IOException {
        ReportJson.write(handle(Event.read(payload), context), answer);
    }

    /** The same for a caller in this process. */
    public FollowUpReport handle(Event event, Context context) {
        return PowertoolsLogging.withLogging(
                context, () -> wiring.measured(() -> pass(event, wiring.deadline(context.getRemainingTimeInMillis()))));
    }

    private FollowUpReport pass(Event event, Deadline deadline) {
        return CommandEnd.server(event)
                .map(server -> followUps.get().passOver(server, wiring.pace(), deadline))
                .orElseGet(() -> followUps.get().pass(wiring.pace(), deadline));
    }
}
