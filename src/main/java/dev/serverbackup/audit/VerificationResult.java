package dev.serverbackup.audit;

import dev.serverbackup.backup.BackupError;
import dev.serverbackup.backup.ErrorType;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The result of a verification.
 *
 * @param checked what was checked, as text; empty unless it passed
 * @param error why it did not pass; absent if it did
 * @param took from its request to its end
 */
public record VerificationResult(
        String backupId, Outcome outcome, String checked, Optional<BackupError> error, Instant at, Duration took) {
    /** How it ended. */
    public enum Outcome {
        /** The backup can be read back. */
        PASSED,
        /** It can't: retention does not count it as good any more. */
        FAILED,
        /** Whether it can is not known. */
        INCONCLUSIVE
    }

    /** @throws IllegalArgumentException if it passed with an error, or did not without one */
    public VerificationResult {
        if ((outcome == Outcome.PASSED) != error.isEmpty()) {
            throw new IllegalArgumentException("a verification that did not pass, and no other, has an error");
        }
    }

    public static VerificationResult passed(String backupId, String checked, Instant at, Duration took) {
        return new VerificationResult(backupId, Outcome.PASSED, checked, Optional.empty(), at, took);
    }

    /** Only an error of type {@code VerificationFailed} says that the backup is bad. */
    public static VerificationResult ended(String backupId, BackupError error, Instant at, Duration took) {
        Outcome outcome = error.type().equals(ErrorType.VERIFICATION_FAILED) ? Outcome.FAILED : Outcome.INCONCLUSIVE;
        return new VerificationResult(backupId, outcome, "", Optional.of(error), at, took);
    }
}
