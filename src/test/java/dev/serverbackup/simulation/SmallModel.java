package dev.serverbackup.simulation;

import dev.serverbackup.simulation.SmallPath.Move;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

/**
 * Visits every state of the small model: each path is played anew from the beginning over the real code, and left where
 * it comes to a state that was visited before. Several explorers share what was visited and what is still to be.
 */
final class SmallModel {
    private final BrokenRule broken;
    private final boolean runsCommands;
    private final Set<List<Integer>> visited = ConcurrentHashMap.newKeySet();
    private final Map<Object, Integer> parts = new ConcurrentHashMap<>();
    private final LinkedBlockingDeque<List<Move>> paths = new LinkedBlockingDeque<>();
    private final AtomicInteger unfinished = new AtomicInteger();
    private final AtomicInteger numbers = new AtomicInteger();
    private final AtomicReference<String> violation = new AtomicReference<>();
    private final LongAdder transitions = new LongAdder();
    private final LongAdder ends = new LongAdder();

    /** @param runsCommands whether the backend is Run Command instead of OpsWorks CM */
    SmallModel(BrokenRule broken, boolean runsCommands) {
        this.broken = broken;
        this.runsCommands = runsCommands;
    }

    /** What was visited, and how a promise was broken, if one was: then not all was visited. */
    record Visited(long states, long transitions, long ends, Optional<String> violation) {
        @Override
        public String toString() {
            return "%,d states, %,d transitions, %,d ends".formatted(states, transitions, ends);
        }
    }

    Visited visitAll() throws InterruptedException, ExecutionException {
        leaveForLater(List.of());
        try (ExecutorService explorers = Executors.newVirtualThreadPerTaskExecutor()) {
            int processors = Runtime.getRuntime().availableProcessors();
            for (Future<Void> explored :
                    explorers.invokeAll(Collections.<Callable<Void>>nCopies(processors, this::explore))) {
                explored.get();
            }
        }
        return new Visited(visited.size(), transitions.sum(), ends.sum(), Optional.ofNullable(violation.get()));
    }

    private void leaveForLater(List<Move> path) {
        unfinished.incrementAndGet();
        paths.push(path);
    }

    private Void explore() throws InterruptedException {
        while (unfinished.get() > 0 && violation.get() == null) {
            List<Move> path = paths.poll(1, TimeUnit.MILLISECONDS);
            if (path != null) {
                follow(new ArrayList<>(path));
                unfinished.decrementAndGet();
            }
        }
        return null;
    }

    private void follow(List<Move> path) {
        SmallPath played = new SmallPath(broken, false, runsCommands);
        try {
            played.begin(path);
            goOn(played, path);
        } catch (Violation broke) {
            violation.compareAndSet(null, broke.getMessage() + "\n" + traced(path));
        } finally {
            played.end();
        }
    }

    /** Always the first move; the others are left for later. */
    private void goOn(SmallPath played, List<Move> path) {
        transitions.increment();
        while (visited.add(numbered(played.key()))) {
            List<Move> moves = played.moves();
            if (moves.isEmpty()) {
                ends.increment();
                played.finish();
                return;
            }
            for (Move other : moves.subList(1, moves.size())) {
                List<Move> fork = new ArrayList<>(path);
                fork.add(other);
                leaveForLater(fork);
            }
            path.add(moves.getFirst());
            transitions.increment();
            played.play(moves.getFirst());
        }
    }

    /** Equal parts of states are kept once. */
    private List<Integer> numbered(List<Object> key) {
        return key.stream()
                .map(part -> parts.computeIfAbsent(part, _ -> numbers.getAndIncrement()))
                .toList();
    }

    private String traced(List<Move> path) {
        SmallPath played = new SmallPath(broken, true, runsCommands);
        try {
            played.begin(path);
            played.finish();
            return "not broken when played again";
        } catch (Violation again) {
            return played.traced(again);
        } finally {
            played.end();
        }
    }
}
