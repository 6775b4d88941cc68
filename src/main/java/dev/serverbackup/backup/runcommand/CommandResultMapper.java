package dev.serverbackup.backup.runcommand;

import dev.serverbackup.backup.Backup;
import dev.serverbackup.backup.BackupStatus;
import dev.serverbackup.backup.ErrorType;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.services.ssm.model.CommandInvocation;
import software.amazon.awssdk.services.ssm.model.CommandPlugin;
import software.amazon.awssdk.services.ssm.model.GetCommandInvocationResponse;

/**
 * Converts the result of a backup's command into a backup. Systems Manager's status is not reliable: a command that
 * succeeded may be reported as {@code DeliveryTimedOut} (amazon-ssm-agent, issue 316). So the document's output
 * decides, whatever the status; without it, what the command did is not known.
 */
final class CommandResultMapper {
    private static final int LONGEST_REASON = 1_500;
    /** The audit's names for the members of the document's output. */
    private static final Map<String, String> NAMES =
            Map.of("artefact", Backup.ARTEFACT, "size", "Size", "sha256", "Sha256", "engine", "Engine");

    /** The separator between standard output and standard error in a list of invocations. */
    private static final String ERRORS = "(^|\\n)-{4,}ERROR-{4,}";

    private CommandResultMapper() {}

    /** The backup with the command's result; {@code IN_PROGRESS} if the server has not answered yet. */
    static Backup of(BackupCommand command, GetCommandInvocationResponse answer) {
        if (answer.status() == null) {
            throw new IllegalArgumentException("the response has no Status");
        }
        return switch (answer.status()) {
            case PENDING, IN_PROGRESS, DELAYED, CANCELLING, UNKNOWN_TO_SDK_VERSION ->
                command.backup().with(Backup.STATUS, BackupStatus.IN_PROGRESS.name());
            case SUCCESS, FAILED, CANCELLED, TIMED_OUT -> ended(command, answer);
        };
    }

    /**
     * The same from a list of invocations, which shows the first 2,500 characters of the output; empty if these do not
     * hold the document's whole line: then the invocation itself must be read.
     *
     * @param started the backup as it was when the command was sent
     */
    static Optional<Backup> listed(Backup started, CommandInvocation listed) {
        if (listed.status() == null) {
            return Optional.empty();
        }
        return switch (listed.status()) {
            case PENDING, IN_PROGRESS, DELAYED, CANCELLING, UNKNOWN_TO_SDK_VERSION ->
                Optional.of(started.with(Backup.STATUS, BackupStatus.IN_PROGRESS.name()));
            case SUCCESS, FAILED, CANCELLED, TIMED_OUT ->
                listed.commandPlugins().size() == 1
                        ? byItsLine(started, listed, listed.commandPlugins().getFirst())
                        : Optional.empty();
        };
    }

    private static Optional<Backup> byItsLine(Backup started, CommandInvocation listed, CommandPlugin step) {
        Backup backup = detailed(started, word(listed.statusDetails(), listed.statusAsString()), step.responseCode());
        String output = Objects.requireNonNullElse(step.output(), "").split(ERRORS, 2)[0];
        return BackupId.parse(started.id()).flatMap(id -> switch (DocumentOutput.read(output, id)) {
            case DocumentOutput.Verified(var members) -> Optional.of(verified(backup, members));
            case DocumentOutput.Failure(var type, var message) -> Optional.of(failed(backup, type, message));
            case DocumentOutput.Unreadable _ -> Optional.empty();
        });
    }

    /** A command that ended, and whose invocation Systems Manager does not show. */
    static Backup withoutInvocation(BackupCommand ended) {
        String details = ended.details();
        return unknown(
                ended,
                ended.backup().with("StatusDetails", details),
                details,
                "Systems Manager shows no invocation of it");
    }

    private static Backup ended(BackupCommand command, GetCommandInvocationResponse answer) {
        Backup backup = detailed(command.backup(), details(answer), answer.responseCode());
        return switch (DocumentOutput.read(answer.standardOutputContent(), command.backupId())) {
            case DocumentOutput.Verified(var members) -> verified(backup, members);
            case DocumentOutput.Failure(var type, var message) -> failed(backup, type, message);
            case DocumentOutput.Unreadable(var why) -> unknown(command, backup, details(answer), why + reason(answer));
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

    /** The artefact's location is named, so that people and retention find an artefact that may exist. */
    private static Backup unknown(BackupCommand command, Backup backup, String details, String why) {
        boolean says = !details.equals("Success") && !details.equals("Failed");
        String message =
                "command %s ended as %s, and %s. Whether there is a backup is not known; if there is one, it is at %s"
                        .formatted(command.command().commandId(), details, why, command.artefact());
        return failed(backup, says ? new ErrorType(details) : ErrorType.BACKUP_FAILED, message)
                .with(Backup.EFFECT_UNKNOWN, true)
                .with(Backup.ARTEFACT, command.artefact());
    }

    private static Backup detailed(Backup backup, String details, Integer code) {
        Backup detailed = backup.with("StatusDetails", details);
        return code == null ? detailed : detailed.with("ResponseCode", BigDecimal.valueOf(code));
    }

    /** In one word: {@code DeliveryTimedOut}, although Systems Manager also writes {@code Delivery Timed Out}. */
    private static String details(GetCommandInvocationResponse answer) {
        return word(answer.statusDetails(), answer.statusAsString());
    }

    static String word(String details, String status) {
        String word = Objects.requireNonNullElse(details, "").replaceAll("[^A-Za-z]", "");
        return word.isEmpty() ? status : word;
    }

    /** The exit code, and the end of standard error, where the cause usually is. */
    static String reason(GetCommandInvocationResponse answer) {
        String words =
                Objects.requireNonNullElse(answer.standardErrorContent(), "").strip();
        String last = words.substring(Math.max(0, words.length() - LONGEST_REASON));
        return " (exit code %s)%s".formatted(answer.responseCode(), last.isEmpty() ? "" : ": " + last);
    }
}
