package dev.serverbackup.backup.systemsmanager;

import dev.serverbackup.backup.Backup;
import dev.serverbackup.backup.BackupStatus;
import dev.serverbackup.backup.ErrorType;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.services.ssm.model.CommandInvocationStatus;
import software.amazon.awssdk.services.ssm.model.GetCommandInvocationResponse;

/**
 * How a backup's command ended on its server. A command's success is not enough: only the document's own word, after it
 * has verified the artefact, makes a good backup.
 */
final class Outcome {
    private static final int LONGEST_REASON = 1_500;
    /**
     * The names under which the line's members stand in the audit; others of its members go along as they are called.
     */
    private static final Map<String, String> NAMES =
            Map.of("artefact", "Artefact", "size", "Size", "sha256", "Sha256", "engine", "Engine");

    private Outcome() {}

    /** The backup as it ended; unchanged but {@code IN_PROGRESS} where the server's own answer is still to come. */
    static Backup of(Backup backup, BackupId id, GetCommandInvocationResponse answer) {
        if (answer.status() == null) {
            throw new IllegalArgumentException("the answer holds no Status");
        }
        return switch (answer.status()) {
            case PENDING, IN_PROGRESS, DELAYED, CANCELLING, UNKNOWN_TO_SDK_VERSION ->
                backup.with(Backup.STATUS, BackupStatus.IN_PROGRESS.name());
            case SUCCESS, FAILED -> byItsWord(detailed(backup, answer), id, answer);
            case CANCELLED, TIMED_OUT ->
                failed(
                        detailed(backup, answer),
                        new ErrorType(details(answer)),
                        "the command ended as " + details(answer));
        };
    }

    /** A command that ended before anything of it is shown on its server. */
    static Backup withoutInvocation(OurCommand ended) {
        String details = ended.details();
        ErrorType type = details.equals("Failed") ? ErrorType.BACKUP_FAILED : new ErrorType(details);
        return failed(ended.backup().with("StatusDetails", details), type, "the command ended as " + details);
    }

    private static Backup byItsWord(Backup backup, BackupId id, GetCommandInvocationResponse answer) {
        boolean well = answer.status() == CommandInvocationStatus.SUCCESS;
        if (!well && !details(answer).equals("Failed")) {
            // Undeliverable, AccessDenied, InvalidPlatform and their like: the document never had a say.
            return failed(backup, new ErrorType(details(answer)), "the command ended as " + details(answer));
        }
        return switch (ResultLine.read(answer.standardOutputContent(), id)) {
            case ResultLine.Refused(var type, var message) -> failed(backup, type, message);
            case ResultLine.Verified(var members) when well -> verified(backup, members);
            case ResultLine.Verified _ -> failed(backup, ErrorType.BACKUP_FAILED, reason(answer));
            case ResultLine.Unreadable(var why) ->
                failed(backup, ErrorType.BACKUP_FAILED, well ? "the command succeeded, but " + why : reason(answer));
        };
    }

    private static Backup verified(Backup backup, Map<String, Object> members) {
        Backup good = backup.with(Backup.STATUS, BackupStatus.OK.name());
        for (Map.Entry<String, String> name : NAMES.entrySet()) {
            Object value = members.get(name.getKey());
            good = value == null ? good : good.with(name.getValue(), value);
        }
        return good;
    }

    private static Backup failed(Backup backup, ErrorType type, String why) {
        return backup.with(Backup.STATUS, BackupStatus.FAILED.name())
                .with(Backup.FAILURE, type.name())
                .with(Backup.STATUS_DESCRIPTION, why);
    }

    private static Backup detailed(Backup backup, GetCommandInvocationResponse answer) {
        Backup detailed = backup.with("StatusDetails", details(answer));
        return answer.responseCode() == null
                ? detailed
                : detailed.with("ResponseCode", BigDecimal.valueOf(answer.responseCode()));
    }

    /**
     * In one word: {@code DeliveryTimedOut}, where some of Systems Manager's pages write {@code Delivery Timed Out}.
     */
    private static String details(GetCommandInvocationResponse answer) {
        return word(answer.statusDetails(), answer.statusAsString());
    }

    static String word(String details, String status) {
        String word = Objects.requireNonNullElse(details, "").replaceAll("[^A-Za-z]", "");
        return word.isEmpty() ? status : word;
    }

    /** The end of what it complained of: the last words are about what went wrong. */
    private static String reason(GetCommandInvocationResponse answer) {
        String words =
                Objects.requireNonNullElse(answer.standardErrorContent(), "").strip();
        String last = words.substring(Math.max(0, words.length() - LONGEST_REASON));
        String code = "the document ended with code " + answer.responseCode();
        return last.isEmpty() ? code : code + ": " + last;
    }
}
