package dev.serverbackup.audit;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Checkpoints in memory: the contract, and nothing else. */
public final class InMemoryCheckpointRepository implements CheckpointRepository {
    private final Map<Checkpoint.Kind, Checkpoint> rows = new EnumMap<>(Checkpoint.Kind.class);

    @Override
    public synchronized Optional<Checkpoint> read(Checkpoint.Kind kind) {
        return Optional.ofNullable(rows.get(kind));
    }

    @Override
    public synchronized boolean replace(Checkpoint.Kind kind, Optional<Checkpoint> old, Checkpoint next) {
        boolean stands = read(kind).equals(old);
        if (stands) {
            rows.put(kind, next);
        }
        return stands;
    }
}
