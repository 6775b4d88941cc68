package dev.serverbackup.audit;

import dev.serverbackup.request.RunId;
import dev.serverbackup.request.ServerName;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * The table of what happened. Every read is consistent; every write names what it replaces. A row that has expired is
 * absent, to reads and to writes. Where a write's own answer
 * is lost, the row is read and compared: one's own write that arrived is not a conflict. Implementations are safe for
 * use by several threads. Every method throws {@link AuditUnavailableException} when the table can't be read or
 * written.
 */
public interface AuditRepository {
    /** DynamoDB's limit for a transaction (API TransactWriteItems). */
    int MOST_CREATED_AT_ONCE = 100;

    /**
     * A row that is too large to be written, or to be written again later with what it must then hold.
     *
     * @param server whose entry it is; absent for the run's own row
     * @param bytes what it would take, the room for what comes later included
     * @param allowed the most that a row may take
     * @param parts how much of it each attribute takes, by name
     */
    record Oversize(Optional<ServerName> server, long bytes, long allowed, SortedMap<String, Long> parts) {}

    /** The first of a new run's rows that is too large. Reads and writes nothing. */
    default Optional<Oversize> oversize(Run run, List<Entry> pending) {
        return Optional.empty();
    }

    Optional<Run> run(RunId runId);

    /** Writes a run's row if there is none. The first one wins. */
    CreateRunResult open(Run run);

    /** Writes a {@code PENDING} entry if there is none for that run and server. Answers the one that stands. */
    Entry create(Entry pending);

    /**
     * The same for several of one run; in any order, and as many at once as the table can.
     *
     * @return the entries that stand, in the order given
     */
    default List<Entry> createAll(List<Entry> pending) {
        return pending.stream().map(this::create).toList();
    }

    /** All entries of a run, in the order of the servers' names. */
    List<Entry> entries(RunId runId);

    Optional<Entry> entry(RunId runId, ServerName server);

    /**
     * Replaces an entry, if its status and attempt id are still those of {@code seen}. Repeating it is harmless.
     *
     * @throws IllegalArgumentException if {@code seen} is final: outcomes do not change
     * @throws AuditUnavailableException also if the entry is not there any more: nothing is written then
     */
    Replacement replace(Entry seen, Entry next);

    /** Writes a run's status and counts, if its status is still {@code RUNNING}; otherwise does nothing. */
    void finish(Run run);

    /** What became of {@link #open}. */
    sealed interface CreateRunResult {
        /** The row that stands. */
        Run run();

        record Opened(Run run) implements CreateRunResult {}

        /** An earlier delivery's row, which stands. */
        record AlreadyOpen(Run run) implements CreateRunResult {}
    }

    /** What became of {@link #replace}. */
    sealed interface Replacement {
        record Replaced(Entry entry) implements Replacement {}

        /** Another worker was first; nothing was written. */
        record Conflict(Entry actual) implements Replacement {}
    }
}
