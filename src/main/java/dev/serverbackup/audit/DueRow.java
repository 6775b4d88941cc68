package dev.serverbackup.audit;

import java.time.Instant;
import java.util.Optional;

/**
 * An open row that is due, as the index shows it. What it says beside the key may be stale: it decides in which order
 * rows are read, and nothing else.
 *
 * @param status of an entry; absent for a run's own row, and where it is no status
 * @param requestedAt when the row's run was created; the epoch where the row does not say
 */
public record DueRow(OpenRow row, Optional<EntryStatus> status, Instant requestedAt) {}
