package dev.serverbackup.run;

import dev.serverbackup.audit.AuditUnavailableException;
import dev.serverbackup.audit.OpenRow;
import dev.serverbackup.audit.OpenRows;
import dev.serverbackup.notice.Notices;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
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
    private final Upkeep upkeep;

    public FollowUp(Services services, OpenRows open, Notices notices, Workers workers, Upkeep upkeep) {
        this.services = services;
        this.open = open;
        this.notices = notices;
        this.workers = workers;
        this.upkeep = upkeep;
    }

    /**
     * Looks at every due row once, oldest first, as far as the time allows. One row's trouble does not hold up another.
     *
     * @throws AuditUnavailableException if the audit could not be read or written, after all that could be done was
     */
    public FollowUpReport pass(Pace pace, Deadline deadline) {
        Tally tally = new Tally();
        RowHandling rows = new RowHandling(services, open, workers, counting(pace, tally), deadline);
        Aftercare aftercare = new Aftercare(services, upkeep, pace, deadline, tally);
        Instant latest = deadline.latestStart(services.terms().callTimeout());
        List<Ended> last = new ArrayList<>();
        aftercare.measure();
        open.due(now(), page -> {
            if (now().isAfter(latest)) {
                tally.cutShort();
                return false;
            }
            tally.looked(page.size());
            List<Step> steps = workers.each(page.stream().map(Step::of).toList(), step -> handle(step, rows, tally));
            last.addAll(letMostGo(tell(steps, latest, tally), aftercare, tally));
            return true;
        });
        // What is to be started or has ended comes before what may be deleted: they share one pace.
        workers.each(last, one -> letGo(one, aftercare, tally));
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

    /** Answers those whose notice has been accepted: only they may leave the index. */
    private List<Ended> tell(List<Step> steps, Instant latest, Tally tally) {
        List<Ended> ended =
                steps.stream().flatMap(step -> step.ended().stream()).toList();
        if (ended.isEmpty()) {
            return ended;
        }
        // A bus that is down takes time to say so: a pass is for the backups first.
        Set<String> accepted = tally.isUnheard()
                ? Set.of()
                : notices.send(ended.stream().map(Ended::notice).toList(), latest);
        List<Ended> told = ended.stream()
                .filter(one -> accepted.contains(one.notice().id()))
                .toList();
        tally.told(told.size(), ended.size() - told.size());
        return told;
    }

    /** Answers those for which calls are due first. */
    private List<Ended> letMostGo(List<Ended> told, Aftercare aftercare, Tally tally) {
        Map<Boolean, List<Ended>> takesCalls = told.stream().collect(Collectors.partitioningBy(aftercare::takesCalls));
        workers.each(takesCalls.get(false), one -> letGo(one, aftercare, tally));
        return takesCalls.get(true);
    }

    /** What is due after an end comes first: a crash in between leaves the row open, and nothing is forgotten. */
    private Ended letGo(Ended one, Aftercare aftercare, Tally tally) {
        aftercare.of(one);
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
