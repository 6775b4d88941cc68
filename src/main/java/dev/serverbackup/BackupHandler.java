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
 * The entry point of a run: reads the event, runs the request, and returns the report. A failed target never makes it
 * throw. A refused request, tags that can't be read and an audit table that can't be written do, so that Lambda
 * delivers the event again.
 */
public final class BackupHandler implements RequestHandler<ScheduledEvent, RunReport> {
    private final Application application;
    private final EventReader events;
    private final Supplier<BackupRun> runs;
    /** Referenced here, since SnapStart's context holds it only weakly. */
    @SuppressWarnings("UnusedVariable") // it is held, not read
    private final Optional<Priming> priming;

    /** Called by Lambda; all settings come from the environment. */
    public BackupHandler() {
        this(Settings.from(System.getenv()));
    }

    private BackupHandler(Settings settings) {
        this(Application.of(settings), Optional.of(Priming.registered(settings)));
    }

    /** For the local cloud and the tests. */
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
