package dev.serverbackup;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import dev.serverbackup.followup.FollowUp;
import dev.serverbackup.followup.FollowUpReport;
import dev.serverbackup.run.Deadline;
import java.util.function.Supplier;
import software.amazon.lambda.powertools.logging.PowertoolsLogging;

/**
 * The entry point of the follow-up: one pass over the open rows. If the event says that a command has ended on a
 * server, the pass is over the entries that were started there; with any other event it is over all rows that are due.
 * A row that can't be processed does not make it throw; an audit table that can't be read or written does.
 */
public final class FollowUpHandler implements RequestHandler<ScheduledEvent, FollowUpReport> {
    private final Application application;
    private final Supplier<FollowUp> followUps;

    /** Called by Lambda; all settings come from the environment. */
    public FollowUpHandler() {
        this(Application.of(Settings.from(System.getenv())));
    }

    /** For the local cloud and the tests. */
    public FollowUpHandler(Application application) {
        this.application = application;
        this.followUps = application.followUps();
    }

    @Override
    public FollowUpReport handleRequest(ScheduledEvent event, Context context) {
        return PowertoolsLogging.withLogging(
                context,
                () -> application.measured(
                        () -> pass(event, application.deadline(context.getRemainingTimeInMillis()))));
    }

    private FollowUpReport pass(ScheduledEvent event, Deadline deadline) {
        return CommandEnd.server(event)
                .map(server -> followUps.get().passOver(server, application.rateLimiter(), deadline))
                .orElseGet(() -> followUps.get().pass(application.rateLimiter(), deadline));
    }
}
