package dev.serverbackup.run;

import dev.serverbackup.audit.AuditUnavailableException;
import dev.serverbackup.audit.OpenRow;
import dev.serverbackup.audit.OpenRows;
import dev.serverbackup.notice.Notices;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The scheduled pass that finishes what is still open: attempts what is pending, takes over what was abandoned, takes what
 * was started to its end, closes runs, and tells who wants to know. Several passes at once are harmless. Safe for use by
 * several threads.
 */
public final class FollowUp {
    private static final Logger LOG = LoggerFactory.getLogger(FollowUp.class);

    private final Services services;
    private final OpenRows open;
    private final Notices notices;
    private final Workers workers;

    public FollowUp(Services services, OpenRows open, Notices notices, Workers workers) {
        this.services = services;
        this.open = open;
        this.notices = notices;
        this.workers = workers;
    }

    /**
     * Looks at every due row once, oldest first, as far as the time allows. One row's trouble does not hold up another.
     *
     * @throws AuditUnavailableException if the audit could not be read or written, after all that could be done was
     */
    public FollowUpReport pass(Pace pace, Deadline deadline) {
        Tally tally = new Tally();
        RowHandling rows = new RowHandling(services, open, workers, counting(pace, tally), deadline);
        Instant latest = deadline.latestStart(services.terms().callTimeout());
        open.due(now(), page -> {
            if (now().isAfter(latest)) {
                tally.cutShort();
                return false;
            }
            tally.looked(page.size());
            List<Step> steps = workers.each(page.stream().map(Step::of).toList(), step -> handle(step, rows, tally));
            tell(steps, latest, tally);
            return true;
        });
        tally.throwIfUnavailable();
        return tally.report();
    }

    /** Who gets no turn any more has not been looked at. */
    private static Pace counting(Pace pace, Tally tally) {
        return latest -> {
            boolean turn = pace.take(latest);
            if (!turn) {
                tally.cutShort();
            }
            return turn;
        };
    }

    private Step handle(Step step, RowHandling rows, Tally tally) {
        return LogScope.of(step.key(), () -> {
            try {
                return new Step(step.key(), rows.handle(step.key(), tally));
            } catch (RuntimeException e) {
                LOG.atError().addKeyValue("status", "OPEN").setCause(e).log("the follow-up of a row failed");
                tally.failed(e);
                return step;
            }
        });
    }

    /** A row leaves the index only when its notice has been accepted. */
    private void tell(List<Step> steps, Instant latest, Tally tally) {
        List<Ended> ended =
                steps.stream().flatMap(step -> step.ended().stream()).toList();
        if (ended.isEmpty()) {
            return;
        }
        // A bus that is down takes time to say so: a pass is for the backups first.
        Set<String> accepted = tally.isUnheard()
                ? Set.of()
                : notices.send(ended.stream().map(Ended::notice).toList(), latest);
        List<Ended> told = ended.stream()
                .filter(one -> accepted.contains(one.notice().id()))
                .toList();
        tally.told(told.size(), ended.size() - told.size());
        workers.each(told, one -> letGo(one, tally));
    }

    private Ended letGo(Ended one, Tally tally) {
        try {
            one.letGo(open, now());
        } catch (RuntimeException e) {
            LOG.atError().addKeyValue("notice", one.notice().id()).setCause(e).log("a noticed row was not let go");
            tally.failed(e);
        }
        return one;
    }

    private Instant now() {
        return services.clock().instant();
    }

    /** One row, and what has ended with it. */
    private record Step(OpenRow key, Optional<Ended> ended) {
        static Step of(OpenRow key) {
            return new Step(key, Optional.empty());
        }
    }
}
