package dev.serverbackup.run;

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
 * One pass of the follow-up: it takes rows as far as they get, tells what has ended, and lets that go. For one thread.
 */
final class Pass {
    private static final Logger LOG = LoggerFactory.getLogger(FollowUp.class);

    private final Services services;
    private final OpenRows open;
    private final Notices notices;
    private final Workers workers;
    private final Tally tally = new Tally();
    private final RowHandling rows;
    private final Aftercare aftercare;
    private final Instant latest;
    private final List<Ended> last = new ArrayList<>();

    Pass(
            Services services,
            OpenRows open,
            Notices notices,
            Workers workers,
            Upkeep upkeep,
            Pace pace,
            Deadline deadline) {
        this.services = services;
        this.open = open;
        this.notices = notices;
        this.workers = workers;
        this.rows = new RowHandling(services, open, workers, counting(pace, tally), deadline);
        this.aftercare = new Aftercare(services, upkeep, pace, deadline, tally);
        this.latest = deadline.latestStart(services.terms().callTimeout());
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

    /** How things stand before it. */
    void measure() {
        aftercare.measure();
    }

    /** Answers whether there is time for more. */
    boolean over(List<OpenRow> page) {
        return over(page, rows::handle);
    }

    /** Leaves alone what has not been started, or has ended: it has its own time. */
    void overStarted(List<OpenRow> found) {
        over(found, rows::handleStarted);
    }

    private boolean over(List<OpenRow> page, Handling handling) {
        if (now().isAfter(latest)) {
            tally.cutShort();
            return false;
        }
        tally.looked(page.size());
        List<Step> steps = workers.each(page.stream().map(Step::of).toList(), step -> handle(step, handling));
        last.addAll(letMostGo(tell(steps)));
        return true;
    }

    /** What is to be started or has ended comes before what may be deleted: they share one pace. */
    FollowUpReport end() {
        workers.each(last, this::letGo);
        tally.throwIfUnavailable();
        return tally.report();
    }

    private Step handle(Step step, Handling handling) {
        return LogScope.of(step.key(), () -> {
            try {
                return new Step(step.key(), handling.of(step.key(), tally));
            } catch (RuntimeException e) {
                LOG.atError().addKeyValue("status", "OPEN").setCause(e).log("the follow-up of a row failed");
                tally.failed(e);
                return step;
            }
        });
    }

    /** Answers those whose notice has been accepted: only they may leave the index. */
    private List<Ended> tell(List<Step> steps) {
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
    private List<Ended> letMostGo(List<Ended> told) {
        Map<Boolean, List<Ended>> takesCalls = told.stream().collect(Collectors.partitioningBy(aftercare::takesCalls));
        workers.each(takesCalls.get(false), this::letGo);
        return takesCalls.get(true);
    }

    /** What is due after an end comes first: a crash in between leaves the row open, and nothing is forgotten. */
    private Ended letGo(Ended one) {
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

    /** How a row is taken as far as it gets. */
    @FunctionalInterface
    private interface Handling {
        Optional<Ended> of(OpenRow key, Tally tally);
    }

    /** One row, and what has ended with it. */
    private record Step(OpenRow key, Optional<Ended> ended) {
        static Step of(OpenRow key) {
            return new Step(key, Optional.empty());
        }
    }
}
