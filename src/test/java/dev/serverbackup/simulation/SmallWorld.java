package dev.serverbackup.simulation;

import dev.serverbackup.Samples;
import dev.serverbackup.audit.AuditUnavailableException;
import dev.serverbackup.backup.FakeServers;
import dev.serverbackup.fleet.Targets;
import dev.serverbackup.request.RunId;
import dev.serverbackup.run.Backoff;
import dev.serverbackup.run.BackupRun;
import dev.serverbackup.run.Deadline;
import dev.serverbackup.run.RunMeter;
import dev.serverbackup.run.Services;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;

/** One path through the small model: two deliveries, one target, one crash, one loss. */
final class SmallWorld implements InstantSource {
    static final RunId RUN = Samples.NIGHTLY;
    private static final int PATIENCE = 20;

    final FakeServers servers = new FakeServers(this);
    final Invariants invariants;
    final Table table;
    private final BrokenRule broken;
    private final List<Move> path;
    private final Trace trace;
    private final List<SmallWorker> workers = new ArrayList<>();
    private final List<SmallRequest> underWay = new ArrayList<>();
    private long now;
    private int position;
    private boolean begun;
    private int crashes = 1;
    private int losses = 1;
    private Violation violation;

    /** Something that can happen next: a worker's step, in one of its ways; a request's effect; time. */
    record Move(int actor, int way) {
        static final int SERVICE = 100;
        static final int TIME = 101;

        boolean isOfWorker() {
            return actor < SERVICE;
        }
    }

    SmallWorld(BrokenRule broken, List<Move> path, boolean traced) {
        this.path = new ArrayList<>(path);
        this.trace = new Trace(traced);
        this.broken = broken;
        this.invariants = new Invariants(this, broken.judgesEachStep());
        this.table = new Table(invariants, broken.condition(), new Tally());
        servers.add(Samples.ALPHA.name());
    }

    /** Two deliveries of the same event, each before its first step; and what the path says follows. */
    void begin() {
        start("worker-1", false);
        start("worker-2", false);
        play();
    }

    private void start(String name, boolean quiet) {
        SmallWorker[] self = new SmallWorker[1];
        self[0] = new SmallWorker(name, this, quiet, () -> deliver(self[0]));
        workers.add(self[0]);
        self[0].resume();
        rethrow();
    }

    private void deliver(SmallWorker worker) {
        Services services = new Services(
                broken.audit(new SmallAuditTrail(this, worker)),
                broken.service(new SmallBackupService(this, worker), null, servers),
                Scenario.TERMS,
                new Backoff(Scenario.TERMS.retryDelay(), () -> 0L),
                this,
                worker::nextAttempt,
                RunMeter.NONE);
        Targets targets = new Targets(List.of(Samples.ALPHA), List.of(), List.of());
        Deadline farOff = new Deadline(World.START.plus(Duration.ofDays(30)));
        new BackupRun(_ -> targets, services, new SmallSteps(worker)).run(Samples.request(RUN), _ -> true, farOff);
    }

    /** Runs a worker's code; keeps what it must not throw. */
    void guarded(Runnable work) {
        try {
            work.run();
        } catch (Crash | AuditUnavailableException ended) {
            tell("", () -> "a delivery ends: " + ended.getMessage());
        } catch (Violation broke) {
            violation = broke;
        } catch (RuntimeException | Error unexpected) {
            violation = new Violation("nothing unexpected is thrown: " + unexpected);
        }
    }

    @Override
    public Instant instant() {
        return World.START.plusMillis(now);
    }

    @Override
    public long millis() {
        return now;
    }

    void tell(String who, Supplier<String> what) {
        trace.add(now, who, what);
    }

    String trace() {
        return trace.toString();
    }

    boolean mayCrash() {
        return crashes > 0;
    }

    boolean mayLose() {
        return losses > 0;
    }

    void lose() {
        losses--;
    }

    void send(SmallRequest request) {
        underWay.add(request);
    }

    /** Everything that can happen in this state; nothing when it is the end of the path. */
    List<Move> moves() {
        List<Move> moves = new ArrayList<>();
        // The two are alike: whichever begins is called the first.
        for (int actor = 0; actor < (begun ? workers.size() : 1); actor++) {
            for (int way = 0; way < workers.get(actor).enabled().size(); way++) {
                moves.add(new Move(actor, way));
            }
        }
        for (int way = 0; way < 2 * underWay.size(); way++) {
            moves.add(new Move(Move.SERVICE, way));
        }
        if (!workers.stream().allMatch(SmallWorker::hasEnded) && nextInstant().isPresent()) {
            moves.add(new Move(Move.TIME, 0));
        }
        return moves;
    }

    /** Does what a path says from where it stands to its end. */
    private void play() {
        while (position < path.size()) {
            Move move = path.get(position);
            if (move.isOfWorker()) {
                workers.get(move.actor()).resume();
                rethrow();
            } else {
                happens(move);
            }
        }
    }

    void play(Move move) {
        path.add(move);
        play();
    }

    /**
     * Asked by a worker before its step: whether it is the next to move. What happens to the world before is done here and
     * now, so that the baton changes hands only where the worker does.
     */
    boolean isNext(SmallWorker worker) {
        while (position < path.size() && !path.get(position).isOfWorker()) {
            happens(path.get(position));
        }
        return position < path.size()
                && workers.indexOf(worker) == path.get(position).actor();
    }

    /** The way that the path says, for the worker that is next. */
    SmallWorker.Option chosen(SmallWorker worker) {
        begun = true;
        SmallWorker.Option option = worker.enabled().get(path.get(position).way());
        position++;
        if (option.label().startsWith("crashes")) {
            crashes--;
        }
        return option;
    }

    private void happens(Move move) {
        position++;
        if (move.actor() == Move.TIME) {
            now = nextInstant().orElseThrow();
            return;
        }
        boolean late = move.way() % 2 == 1;
        SmallRequest request = underWay.remove(move.way() / 2);
        request.takeEffect(this, late);
        tell("service", () -> "takes effect" + (late ? ", is shown late" : ""));
    }

    private void rethrow() {
        if (violation != null) {
            throw violation;
        }
    }

    /** The next instant at which something is decided otherwise, unless a request must have had its effect before. */
    private Optional<Long> nextInstant() {
        TreeSet<Long> instants = new TreeSet<>();
        table.entry(RUN, Samples.ALPHA.name()).ifPresent(entry -> SmallInstants.of(entry, instants));
        Long next = instants.higher(now);
        boolean tooLate = next != null && underWay.stream().anyMatch(request -> !request.mayWaitUntil(next));
        return Optional.ofNullable(tooLate ? null : next);
    }

    /** Equal for states with equal futures. */
    List<Object> key() {
        List<Object> key = new ArrayList<>(List.of(now, crashes, losses, table.run(RUN), table.entries(RUN)));
        key.add(servers.state());
        workers.forEach(worker -> key.add(worker.key()));
        underWay.forEach(request -> key.add(request.key()));
        return key;
    }

    /** All is quiet: late deliveries until nothing is due, then the last judgement. */
    void finish() {
        for (int i = 0; i < PATIENCE && Due.isOpen(table, RUN); i++) {
            Due.next(table, List.of(RUN)).ifPresent(due -> now = Math.max(now, SmallInstants.millis(due)));
            start("late-" + i, true);
        }
        invariants.atTheEnd(table, List.of(RUN));
    }

    void end() {
        for (SmallWorker worker : workers) {
            while (!worker.hasEnded()) {
                worker.kill();
            }
        }
    }
}
