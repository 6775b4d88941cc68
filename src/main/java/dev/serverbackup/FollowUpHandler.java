package dev.serverbackup;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import dev.serverbackup.run.FollowUp;
import dev.serverbackup.run.FollowUpReport;
import software.amazon.lambda.powertools.logging.PowertoolsLogging;

/**
 * The door of the follow-up: one pass over what is open, whatever the event says. A row's trouble does not make it throw;
 * an audit table that can't be read or written does.
 */
public final class FollowUpHandler implements RequestHandler<ScheduledEvent, FollowUpReport> {
    private final Wiring wiring;
    private final FollowUp followUp;

    /** Lambda's: everything comes from the environment. */
    public FollowUpHandler() {
        this(Wiring.of(Settings.from(System.getenv())));
    }

    /** The local run's and the tests'. */
    public FollowUpHandler(Wiring wiring) {
        this.wiring = wiring;
        this.followUp = wiring.followUp();
    }

    @Override
    public FollowUpReport handleRequest(ScheduledEvent event, Context context) {
        return PowertoolsLogging.withLogging(
                context,
                () -> wiring.measured(
                        () -> followUp.pass(wiring.pace(), wiring.deadline(context.getRemainingTimeInMillis()))));
    }
}
