package dev.serverbackup.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.slf4j.MDC;

/**
 * Runs steps on virtual threads, which take the items in their order and log with the caller's context.
 *
 * @param most how many steps may run at once
 */
public record VirtualThreadExecutor(int most) implements ParallelExecutor {
    /** @throws IllegalArgumentException if {@code most} is less than 1 */
    public VirtualThreadExecutor {
        if (most < 1) {
            throw new IllegalArgumentException("at least one worker is needed, not " + most);
        }
    }

    @Override
    public <T> List<T> each(List<T> items, UnaryOperator<T> step) {
        List<T> results = new ArrayList<>(items);
        AtomicInteger next = new AtomicInteger();
        ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
        Map<String, String> logContext = Objects.requireNonNullElse(MDC.getCopyOfContextMap(), Map.of());
        try (ExecutorService threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("backup-", 0).factory())) {
            for (int thread = 0; thread < Math.min(most, items.size()); thread++) {
                threads.execute(() -> {
                    MDC.setContextMap(logContext);
                    work(results, next, step, failures);
                });
            }
        }
        throwIfAny(failures);
        return results;
    }

    private static <T> void work(
            List<T> results, AtomicInteger next, UnaryOperator<T> step, ConcurrentLinkedQueue<Throwable> failures) {
        for (int i = next.getAndIncrement(); i < results.size(); i = next.getAndIncrement()) {
            try {
                results.set(i, step.apply(results.get(i)));
            } catch (RuntimeException | Error e) {
                // Errors are collected, too: one that ended only its thread would leave an entry without an attempt,
                // unnoticed.
                failures.add(e);
            }
        }
    }

    private static void throwIfAny(ConcurrentLinkedQueue<Throwable> failures) {
        Throwable first = failures.poll();
        failures.stream().filter(other -> !other.equals(first)).forEach(other -> first.addSuppressed(other));
        if (first instanceof Error error) {
            throw error;
        }
        if (first instanceof RuntimeException exception) {
            throw exception;
        }
    }
}
