package dev.serverbackup.backup;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Operations that run until they are told to end; can be told to misbehave. */
public final class FakeOperations implements BackupOperations {
    /** What becomes of the next call. */
    public enum Fate {
        /** Refused as busy: nothing happens. */
        BUSY,
        /** It takes effect, and its answer is lost. */
        ANSWER_LOST,
        /** Neither an effect nor an answer. */
        LOST
    }

    private static final BackupError DOUBT = BackupError.doubtful(ErrorType.NO_ANSWER, "connection lost");

    private final InstantSource clock;
    private final Map<String, OperationResult.OfState> operations = new LinkedHashMap<>();
    private final List<String> started = new ArrayList<>();
    private final Deque<Fate> fates = new ArrayDeque<>();
    private boolean silent;

    public FakeOperations(InstantSource clock) {
        this.clock = clock;
    }

    /** The next calls, one each. */
    public synchronized void next(Fate... calls) {
        fates.addAll(List.of(calls));
    }

    /** No look and no lookup is answered. */
    public synchronized void silence(boolean on) {
        silent = on;
    }

    /** The ids of the backups with which something was begun, in that order. */
    public synchronized List<String> started() {
        return List.copyOf(started);
    }

    /** Ends whatever runs. */
    public synchronized void end(OperationResult.OfState how) {
        operations.replaceAll((_, state) -> state instanceof OperationResult.Running ? how : state);
    }

    @Override
    public synchronized OperationResult.OfStart start(BackupOperation operation, Instant sendBefore) {
        if (!clock.instant().isBefore(sendBefore)) {
            return new OperationResult.NotSent();
        }
        Fate fate = fates.poll();
        if (fate == Fate.BUSY) {
            return new OperationResult.Refused(BackupError.known(ErrorType.INVALID_STATE, "the instance is stopped"));
        }
        if (fate != Fate.LOST) {
            operations.put(operation.id(), new OperationResult.Running(operation.id()));
            started.add(operation.backup().id());
        }
        return fate == null ? new OperationResult.Running(operation.id()) : new OperationResult.Doubtful(DOUBT);
    }

    @Override
    public synchronized OperationResult.OfLookup find(BackupOperation operation) {
        if (silent) {
            return new OperationResult.Unavailable(DOUBT);
        }
        return operations.containsKey(operation.id())
                ? new OperationResult.Running(operation.id())
                : new OperationResult.NotFound();
    }

    @Override
    public synchronized OperationResult.OfState state(BackupOperation operation, String startedAs) {
        return silent ? new OperationResult.Unavailable(DOUBT) : operations.get(startedAs);
    }
}
