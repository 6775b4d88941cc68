package dev.serverbackup.notification;

import dev.serverbackup.backup.ErrorType;
import java.util.Map;
import java.util.Optional;

/** The meaning of each error type, in the words of the runbook's table. */
public final class ErrorMeanings {
    private static final String CALLER = "the function's credentials or clock";
    private static final Map<String, String> MEANINGS = Map.ofEntries(
            Map.entry("InvalidStateException", "the server's state allows no backup: mostly it is backing up already"),
            Map.entry("NotSent", "no credentials, an unknown host or a refused connection: the request was not sent"),
            Map.entry("ThrottlingException", "too many calls in this account and region"),
            Map.entry("ServiceUnavailable", "a 5xx answer; whether a backup was started is not known"),
            Map.entry(
                    "NoAnswer",
                    "time-out, lost connection, unreadable answer; whether a backup was started is not known"),
            Map.entry("LimitExceededException", "the account has as many manual backups as it may have"),
            Map.entry("ResourceNotFoundException", "there is no such server"),
            Map.entry("ValidationException", "the service rejects the request as invalid"),
            Map.entry("AccessDeniedException", "the function's role may not do it, or the instance has no tag Backup"),
            Map.entry("InvalidDocument", "Systems Manager has no such document"),
            Map.entry("BackupFailed", "the backup was started, ran, and failed"),
            Map.entry("StartWindowExceeded", "no attempt could be made in time"),
            Map.entry("BackupVanished", "an accepted backup does not exist any more"),
            Map.entry("CompletionWindowExceeded", "a backup was still running when the completion window closed"),
            Map.entry(
                    "VerificationFailed",
                    "a verification or a restore found the backup missing, damaged, or not the one that the audit"
                            + " describes"),
            Map.entry("VerificationInconclusive", "a verification did not finish"));

    private ErrorMeanings() {}

    /** The meaning and the type's name; only the name for a type that the runbook does not list. */
    public static String of(ErrorType type) {
        return meaning(type)
                .map(words -> "%s (%s)".formatted(words, type.name()))
                .orElse(type.name());
    }

    static Optional<String> meaning(ErrorType type) {
        return type.isAboutCaller() ? Optional.of(CALLER) : Optional.ofNullable(MEANINGS.get(type.name()));
    }

    /** The command that explains what to do about the error. */
    public static String explain(ErrorType type) {
        return "./server-backup explain " + type.name();
    }
}
