package dev.serverbackup.verification;

import dev.serverbackup.audit.VerificationRepository;
import dev.serverbackup.backup.BackupOperations;
import java.time.Duration;
import java.util.Optional;

/**
 * How backups are verified.
 *
 * @param operations empty if verification is off
 * @param every how long after the last verification of a server the next one is due
 */
public record VerificationPlan(
        VerificationRepository repository, Optional<BackupOperations> operations, Duration every) {
    public boolean isOff() {
        return operations.isEmpty();
    }
}
