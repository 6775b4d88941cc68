package dev.serverbackup;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import dev.serverbackup.request.EventReader;
import dev.serverbackup.run.BackupRun;
import dev.serverbackup.run.RunReport;
import software.amazon.lambda.powertools.logging.PowertoolsLogging;

/**
 * The door of the run: decodes the event, runs, answers. A failed target never makes it throw; a request that is refused,
 * tags that can't be read and an audit table that can't be written do, so that Lambda delivers the event again.
 */
public final class BackupHandler implements RequestHandler<ScheduledEvent, RunReport> {
    private final Wiring wiring;
    private final EventReader events;
    private final BackupRun run;

    /** Lambda's: everything comes from the environment. */
    public BackupHandler() {
        this(Wiring.of(Settings.from(System.getenv())));
    }

    /** The local run's and the tests'. */
    public BackupHandler(Wiring wiring) {
        this.wiring = wiring;
        this.events = wiring.eventReader();
        this.run = wiring.backupRun();
    }

    @Override
    public RunReport handleRequest(ScheduledEvent event, Context context) {
        return PowertoolsLogging.withLogging(
                context,
                () -> wiring.measured(() -> {
                    var request = events.read(event, context.getAwsRequestId());
                    return run.run(request, wiring.pace(), wiring.deadline(context.getRemainingTimeInMillis()));
                }));
    }
}
