package dev.serverbackup.run;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** One after the other, on the caller's thread; as to failures like the real ones. */
public final class SequentialWorkers implements ParallelExecutor {
    @Override
    public <T> List<T> each(List<T> items, UnaryOperator<T> step) {
        List<T> results = new ArrayList<>();
        List<RuntimeException> failures = new ArrayList<>();
        for (T item : items) {
            try {
                results.add(step.apply(item));
            } catch (RuntimeException e) {
                failures.add(e);
            }
        }
        if (!failures.isEmpty()) {
            throw failures.getFirst();
        }
        return results;
    }
}
