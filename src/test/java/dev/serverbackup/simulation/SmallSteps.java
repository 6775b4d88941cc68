package dev.serverbackup.simulation;

import dev.serverbackup.run.ParallelExecutor;
import dev.serverbackup.run.SequentialWorkers;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Where the run hands its entries to its workers, all that it has observed comes to these entries, and to the run's
 * status as it was read: with one target there is nothing else that the rest depends on. So many paths meet here.
 */
record SmallSteps(SmallWorker worker) implements ParallelExecutor {
    @Override
    public <T> List<T> each(List<T> items, UnaryOperator<T> step) {
        if (!items.isEmpty()) {
            worker.comesTo(List.of(items, worker.nextStage(), worker.statusRead()));
        }
        return new SequentialWorkers().each(items, step);
    }
}
