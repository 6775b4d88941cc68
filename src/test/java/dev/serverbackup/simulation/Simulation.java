package dev.serverbackup.simulation;

import java.util.Collections;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Plays seeds. A seed always gives the same run.
 *
 * @param runsCommands whether the backend is Run Command instead of OpsWorks CM
 */
record Simulation(boolean runsCommands) {
    /**
     * How a seed ended.
     *
     * @param trace empty unless asked for
     */
    record Outcome(long seed, Optional<String> violation, Tally tally, String trace) {
        @Override
        public String toString() {
            return "seed %d: %s%n%s".formatted(seed, violation.orElse("kept every promise"), trace);
        }
    }

    Outcome play(long seed, BrokenRule broken, boolean traced) {
        Trace trace = new Trace(traced);
        Timeline timeline = new Timeline(seed, trace);
        Optional<String> violation = Optional.empty();
        try {
            new Scenario(timeline, broken, runsCommands).play();
        } catch (Violation broke) {
            violation = Optional.of(broke.getMessage());
        } finally {
            timeline.end();
        }
        return new Outcome(seed, violation, timeline.tally, trace.toString());
    }

    /**
     * On as many virtual threads as there are processors; of several broken seeds the lowest.
     *
     * @param tally of all that was played
     */
    Optional<Long> firstBroken(long first, long seeds, BrokenRule rule, Tally tally)
            throws InterruptedException, ExecutionException {
        AtomicLong next = new AtomicLong(first);
        AtomicLong broken = new AtomicLong(Long.MAX_VALUE);
        Callable<Tally> player = () -> {
            Tally own = new Tally();
            for (long seed = next.getAndIncrement();
                    seed < first + seeds && seed < broken.get();
                    seed = next.getAndIncrement()) {
                Outcome outcome = play(seed, rule, false);
                own.add(outcome.tally());
                if (outcome.violation().isPresent()) {
                    broken.accumulateAndGet(seed, Math::min);
                }
            }
            return own;
        };
        int processors = Runtime.getRuntime().availableProcessors();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Tally> played : threads.invokeAll(Collections.nCopies(processors, player))) {
                tally.add(played.get());
            }
        }
        return broken.get() == Long.MAX_VALUE ? Optional.empty() : Optional.of(broken.get());
    }
}
