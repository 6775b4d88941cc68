package dev.serverbackup.run;

import dev.serverbackup.audit.AttemptId;
import dev.serverbackup.audit.AuditRepository;
import dev.serverbackup.backup.BackupBackend;
import dev.serverbackup.backup.BackupService;
import dev.serverbackup.metrics.Metrics;
import java.time.InstantSource;
import java.util.function.Supplier;

/**
 * The dependencies of a run and of the follow-up; all safe for use by several threads.
 *
 * @param backend the backend that {@code backups} implements; rows of another backend are not processed
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
