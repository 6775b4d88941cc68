package dev.serverbackup;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import dev.serverbackup.request.EventReader;
import dev.serverbackup.run.BackupRun;
import dev.serverbackup.run.RunReport;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.lambda.powertools.logging.PowertoolsLogging;

/**
 * The entry point of a run: decodes the event, runs, answers. A failed target never makes it throw; a request that is
 * refused, tags that can't be read and an audit table that can't be written do, so that Lambda delivers the event
 * again.
 */
public final class BackupHandler implements RequestHandler<ScheduledEvent, RunReport> {
    private final Application application;
    private final EventReader events;
    private final Supplier<BackupRun> runs;
    /** Kept, since SnapStart holds it weakly. */
    @SuppressWarnings("UnusedVariable") // it is held, not read
    private final Optional<Priming> priming;

    /** Lambda's: everything comes from the environment. */
    public BackupHandler() {
        this(Settings.from(System.getenv()));
    }

    private BackupHandler(Settings settings) {
        this(Application.of(settings), Optional.of(Priming.registered(settings)));
    }

    /** The local run's and the tests'. */
    public BackupHandler(Application application) {
        this(application, Optional.empty());
    }

    private BackupHandler(Application application, Optional<Priming> priming) {
        this.priming = priming;
        this.application = application;
        this.events = application.eventReader();
        this.runs = application.backupRuns();
    }

    @Override
    public RunReport handleRequest(ScheduledEvent event, Context context) {
        return PowertoolsLogging.withLogging(context, () -> application.measured(() -> run(event, context)));
    }

    private RunReport run(ScheduledEvent event, Context context) {
        return runs.get()
                .run(
                        events.read(event, context.getAwsRequestId()),
                        application.rateLimiter(),
                        application.deadline(context.getRemainingTimeInMillis()));
    }
}
