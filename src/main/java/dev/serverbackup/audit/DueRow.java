package dev.serverbackup.audit;

import java.time.Instant;
import java.util.Optional;

/**
 * An open row that is due, as the index shows it. Everything but the key may be stale: it is used only to order the
 * rows before they are read.
 *
 * @param status of an entry; absent for a run's own row, and if the value is no known status
 * @param requestedAt when the row's run was created; the epoch if the row does not say
 */
public record DueRow(OpenRow row, Optional<EntryStatus> status, Instant requestedAt) {}
