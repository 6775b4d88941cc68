package dev.serverbackup.run;

import dev.serverbackup.audit.AttemptId;
import dev.serverbackup.audit.AuditRepository;
import dev.serverbackup.backup.BackupBackend;
import dev.serverbackup.backup.BackupService;
import dev.serverbackup.metrics.Metrics;
import java.time.InstantSource;
import java.util.function.Supplier;

/**
 * What a run works with and what outlives it; all safe for use by several threads.
 *
 * @param backend which backend {@code backups} is: rows of another are left alone
 * @param clock in whole milliseconds, as the audit table keeps instants
 * @param attemptIds never gives one twice, not even after a restore from a snapshot
 */
public record RunDependencies(
        AuditRepository audit,
        BackupBackend backend,
        BackupService backups,
        Timeouts timeouts,
        Backoff backoff,
        InstantSource clock,
        Supplier<AttemptId> attemptIds,
        Metrics metrics) {}
