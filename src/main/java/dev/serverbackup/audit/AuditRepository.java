package dev.serverbackup.audit;

import dev.serverbackup.request.RunId;
import dev.serverbackup.request.ServerName;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * The rows of runs and entries in the audit table. Every read is strongly consistent; every write is conditional on
 * what it replaces. Reads and writes treat an expired row as absent. If the response to a write is lost, the row is
 * read and compared, so that a write of our own is not taken for a conflict. Implementations are safe for use by
 * several threads. Every method throws {@link AuditUnavailableException} when the table can't be read or written.
 */
public interface AuditRepository {
    /** DynamoDB's limit for a transaction (API TransactWriteItems). */
    int MOST_CREATED_AT_ONCE = 100;

    /**
     * A row that is too large to be written, or to be written again later with what it must then hold.
     *
     * @param server whose entry it is; absent for the run's own row
     * @param bytes its size, including room for what is added later
     * @param allowed the largest size of a row
     * @param parts the size of each attribute, by name
     */
    record Oversize(Optional<ServerName> server, long bytes, long allowed, SortedMap<String, Long> parts) {}

    /** The first of a new run's rows that is too large. Reads and writes nothing. */
    default Optional<Oversize> oversize(Run run, List<Entry> pending) {
        return Optional.empty();
    }

    Optional<Run> run(RunId runId);

    /** Writes a run's row if there is none. The first one wins. */
    CreateRunResult open(Run run);

    /**
     * Writes a {@code PENDING} entry if there is none for that run and server. Returns the entry that is in the table.
     */
    Entry create(Entry pending);

    /**
     * The same for several entries of one run; in any order, and as many at once as the table can.
     *
     * @return the entries that are in the table, in the order given
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

    /** The result of {@link #open}. */
    sealed interface CreateRunResult {
        /** The row that is in the table. */
        Run run();

        record Opened(Run run) implements CreateRunResult {}

        /** An earlier delivery wrote the row; it is unchanged. */
        record AlreadyOpen(Run run) implements CreateRunResult {}
    }

    /** The result of {@link #replace}. */
    sealed interface Replacement {
        record Replaced(Entry entry) implements Replacement {}

        /** Another worker was first; nothing was written. */
        record Conflict(Entry actual) implements Replacement {}
    }
}
