package dev.serverbackup.run;

import java.util.List;
import java.util.function.UnaryOperator;

/** Who does the work on many entries. */
@FunctionalInterface
public interface ParallelExecutor {
    /**
     * Applies a step to each, in any order or at once, and returns only when all of them have ended: no thread is left
     * that could go on in a later invocation.
     *
     * @return the results, in the order given
     * @throws RuntimeException the first failure of a step, after all steps have ended; the others are suppressed in
     *     it; an {@link Error} likewise
     */
    <T> List<T> each(List<T> items, UnaryOperator<T> step);
}
