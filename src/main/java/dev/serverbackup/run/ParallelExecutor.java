package dev.serverbackup.run;

import java.util.List;
import java.util.function.UnaryOperator;

/** Applies a step to many items in parallel. */
@FunctionalInterface
public interface ParallelExecutor {
    /**
     * Applies a step to each item, in any order or in parallel, and returns only when all steps have ended: no thread
     * is left that could continue in a later invocation.
     *
     * @return the results, in the order given
     * @throws RuntimeException the first failure of a step, after all steps have ended; the others are suppressed in
     *     it; an {@link Error} likewise
     */
    <T> List<T> each(List<T> items, UnaryOperator<T> step);
}
