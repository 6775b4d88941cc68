package dev.serverbackup.run;

import dev.serverbackup.audit.Entry;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one pass does beside following up. Nothing is thrown: trouble is logged and counted, and holds no row up. Safe
 * for use by several threads.
 */
final class Aftercare {
    private static final Logger LOG = LoggerFactory.getLogger(Aftercare.class);

    private final Retention retention;
    private final Survey survey;
    private final Tally tally;

    Aftercare(Services services, Upkeep upkeep, Pace pace, Deadline deadline, Tally tally) {
        this.retention = new Retention(services, upkeep, pace, deadline, tally);
        this.survey = new Survey(services, upkeep, pace, deadline);
        this.tally = tally;
    }

    /** How things stand as the pass finds them. */
    void measure() {
        attempt(survey::openEntries);
        attempt(survey::manualBackups);
    }

    /** Whether calls to the backup service may be due after an end at all. */
    boolean mayTakeCalls() {
        return retention.isOn();
    }

    /** Whether what is due for it may take calls to the backup service. */
    boolean takesCalls(Ended one) {
        return one instanceof Ended.OfEntry ended && retention.concerns(ended.entry());
    }

    /**
     * Does what is due once something has ended; harmless if it is done again.
     *
     * @return whether it is done with; otherwise a later pass is to try again
     */
    boolean of(Ended one) {
        return switch (one) {
            case Ended.OfEntry ended ->
                LogScope.of(ended.entry().runId(), () -> LogScope.of(ended.entry(), this::isRetained));
            case Ended.OfRun(var run) ->
                LogScope.of(run.runId(), () -> {
                    attempt(() -> survey.lastSuccesses(run));
                    return true;
                });
        };
    }

    private boolean isRetained(Entry ended) {
        AtomicBoolean done = new AtomicBoolean(true);
        attempt(() -> done.set(retention.after(ended)));
        return done.get();
    }

    private void attempt(Runnable chore) {
        try {
            chore.run();
        } catch (RuntimeException e) {
            LOG.atError().addKeyValue("status", "UPKEEP_FAILED").setCause(e).log("upkeep failed");
            tally.failed(e);
        }
    }
}
