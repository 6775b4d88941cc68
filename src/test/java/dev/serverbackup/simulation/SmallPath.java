package dev.serverbackup.simulation;

import dev.serverbackup.audit.AuditUnavailableException;
import dev.serverbackup.audit.Entry;
import dev.serverbackup.audit.EntryStatus;
import dev.serverbackup.audit.RunStatus;
import java.util.ArrayList;
import java.util.List;

/**
 * One path through the small model: two deliveries of one event with one target, one crash and one loss; move after
 * move. With Run Command there is what becomes of commands, one refusal among it, instead of the crash and the loss.
 */
final class SmallPath {
    private static final int PATIENCE = 20;

    private final BrokenRule broken;
    private final List<Move> path = new ArrayList<>();
    private final Trace trace;
    private final SmallSystem system;
    private final List<SmallWorker> workers = new ArrayList<>();
    private int position;
    private Violation violation;

    /**
     * Something that can happen next in the small model: a worker's step in one of its ways, a request's effect,
     * what becomes of a command, or time.
     */
    record Move(int actor, int way) {
        static final int SERVICE = 100;
        static final int TIME = 101;
        static final int COMMAND = 102;

        boolean isOfWorker() {
            return actor < SERVICE;
        }
    }

    SmallPath(BrokenRule broken, boolean traced, boolean runsCommands) {
        this.broken = broken;
        this.trace = new Trace(traced);
        this.system = new SmallSystem(broken, trace, runsCommands);
    }

    /** Two deliveries, each before its first step; then what the path says. */
    void begin(List<Move> first) {
        start("worker-1", false);
        start("worker-2", false);
        path.addAll(first);
        play();
    }

    private void start(String name, boolean quiet) {
        SmallWorker worker = new SmallWorker(name, this, system, quiet);
        workers.add(worker);
        worker.start(broken);
        rethrow();
    }

    /** Runs a worker's code; keeps what it must not throw. */
    void guarded(Runnable work) {
        try {
            work.run();
        } catch (Crash | AuditUnavailableException ended) {
            system.trace("", () -> "a delivery ends: " + ended.getMessage());
        } catch (Violation broke) {
            violation = broke;
        } catch (RuntimeException | Error unexpected) {
            violation = new Violation("nothing unexpected is thrown: " + unexpected);
        }
    }

    /** Everything that can happen now; nothing when it is the end of the path. */
    List<Move> moves() {
        List<Move> moves = new ArrayList<>();
        // The two are alike: whichever begins is called the first.
        for (int actor = 0; actor < (position == 0 ? 1 : workers.size()); actor++) {
            for (int way = 0; way < workers.get(actor).enabled().size(); way++) {
                moves.add(new Move(actor, way));
            }
        }
        for (int way = 0; way < 2 * system.underWay.size(); way++) {
            moves.add(new Move(Move.SERVICE, way));
        }
        for (int way = 0; way < system.waysOfCommands().size(); way++) {
            moves.add(new Move(Move.COMMAND, way));
        }
        if (!workers.stream().allMatch(SmallWorker::hasEnded)
                && system.nextInstant().isPresent()) {
            moves.add(new Move(Move.TIME, 0));
        }
        return moves;
    }

    void play(Move move) {
        path.add(move);
        play();
    }

    /** Does what the path says from where it stands to its end. */
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

    /**
     * Asked by a worker before its step: whether it is the next to move. What happens to the system before is done here
     * and now, so that threads change only where the worker does.
     */
    boolean isNext(SmallWorker worker) {
        while (position < path.size() && !path.get(position).isOfWorker()) {
            happens(path.get(position));
        }
        return position < path.size()
                && workers.indexOf(worker) == path.get(position).actor();
    }

    /** The way that the path says, for the worker that is next. */
    int nextWay() {
        return path.get(position++).way();
    }

    private void happens(Move move) {
        position++;
        if (move.actor() == Move.TIME) {
            system.passTimeUntil(system.nextInstant().orElseThrow());
        } else if (move.actor() == Move.COMMAND) {
            system.waysOfCommands().get(move.way()).run();
        } else {
            system.takeEffect(move.way() / 2, move.way() % 2 == 1);
        }
    }

    private void rethrow() {
        if (violation != null) {
            throw violation;
        }
    }

    /** Equal for states with equal futures. */
    List<Object> key() {
        List<Object> key = system.key();
        workers.forEach(worker -> key.add(worker.key()));
        return key;
    }

    /** All is quiet: late deliveries until nothing is due, then the last judgement. */
    void finish() {
        for (int i = 0; i < PATIENCE && isOpen(); i++) {
            system.table.entries(SmallSystem.RUN).stream()
                    .filter(SmallPath::isDue)
                    .map(Entry::nextActionAt)
                    .findFirst()
                    .ifPresent(system::passTimeUntil);
            start("late-" + i, true);
        }
        system.invariants.atTheEnd(system.table, List.of(SmallSystem.RUN));
    }

    /** Until then the event is delivered again, where otherwise the follow-up would come. */
    private boolean isOpen() {
        List<Entry> entries = system.table.entries(SmallSystem.RUN);
        RunStatus standing = RunStatus.of(entries.stream().map(Entry::status).toList());
        return entries.isEmpty()
                || entries.stream().anyMatch(SmallPath::isDue)
                || (system.runsCommands && entries.getFirst().status() == EntryStatus.STARTED)
                || system.table.run(SmallSystem.RUN).orElseThrow().status() != standing;
    }

    private static boolean isDue(Entry entry) {
        return entry.status() == EntryStatus.PENDING || entry.status() == EntryStatus.CALLING;
    }

    /** What happened, and how it ended. */
    String traced(Violation how) {
        system.trace("", how::getMessage);
        return trace.toString();
    }

    void end() {
        workers.forEach(SmallWorker::end);
    }
}
