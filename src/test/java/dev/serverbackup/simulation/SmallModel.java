package dev.serverbackup.simulation;

import dev.serverbackup.simulation.SmallGame.Move;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
            List<Future<Void>> exploring = new ArrayList<>();
            for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
                exploring.add(explorers.submit(this::explore));
            }
            for (Future<Void> explored : exploring) {
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
        SmallGame game = new SmallGame(broken, false, runsCommands);
        try {
            game.begin(path);
            goOn(game, path);
        } catch (Violation broke) {
            violation.compareAndSet(null, broke.getMessage() + "\n" + told(path));
        } finally {
            game.end();
        }
    }

    /** Always the first move; the others are left for later. */
    private void goOn(SmallGame game, List<Move> path) {
        transitions.increment();
        while (visited.add(numbered(game.key()))) {
            List<Move> moves = game.moves();
            if (moves.isEmpty()) {
                ends.increment();
                game.finish();
                return;
            }
            for (Move other : moves.subList(1, moves.size())) {
                List<Move> fork = new ArrayList<>(path);
                fork.add(other);
                leaveForLater(fork);
            }
            path.add(moves.getFirst());
            transitions.increment();
            game.play(moves.getFirst());
        }
    }

    /** Equal parts of states are kept once. */
    private List<Integer> numbered(List<Object> key) {
        return key.stream()
                .map(part -> parts.computeIfAbsent(part, _ -> numbers.getAndIncrement()))
                .toList();
    }

    private String told(List<Move> path) {
        SmallGame game = new SmallGame(broken, true, runsCommands);
        try {
            game.begin(path);
            game.finish();
            return "not broken when played again";
        } catch (Violation again) {
            return game.told(again);
        } finally {
            game.end();
        }
    }
}
