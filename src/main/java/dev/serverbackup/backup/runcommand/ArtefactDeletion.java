package dev.serverbackup.backup.runcommand;

import dev.serverbackup.backup.Backup;
import dev.serverbackup.backup.BackupDeletion;
import dev.serverbackup.backup.BackupError;
import dev.serverbackup.backup.DeletionResult;
import dev.serverbackup.backup.ErrorType;
import dev.serverbackup.backup.RunCommandSettings;
import dev.serverbackup.backup.aws.Errors;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.GetCommandInvocationResponse;
import software.amazon.awssdk.services.ssm.model.InvocationDoesNotExistException;

/**
 * Deletes the artefacts of backups by Run Command. The audit says where an artefact is, since Systems Manager lists the
 * command that made it for 30 days only.
 */
final class ArtefactDeletion implements BackupDeletion {
    private static final ErrorType DELETION_FAILED = new ErrorType("DeletionFailed");

    private final SsmClient client;
    private final InstantSource clock;
    private final Duration callTimeout;
    private final CommandSender sender;
    private final Instances instances;

    ArtefactDeletion(SsmClient client, RunCommandSettings settings, InstantSource clock, Duration callTimeout) {
        this.client = client;
        this.clock = clock;
        this.callTimeout = callTimeout;
        this.sender = new CommandSender(client, settings);
        this.instances = new Instances(client);
    }

    @Override
    public boolean listsAllBackups() {
        return false;
    }

    /**
     * Sends the command that deletes the artefact; its id becomes the id of the deletion. The artefact is deleted when
     * the command's output says so, whatever its status. Otherwise the command is sent again, which does no harm if the
     * artefact is already deleted.
     */
    @Override
    public DeletionResult delete(Backup backup, Optional<String> accepted) {
        Optional<Artefact> artefact = Artefact.of(backup);
        if (artefact.isEmpty()) {
            return new DeletionResult.Refused(BackupError.known(
                    ErrorType.VALIDATION,
                    "the audit does not say where the artefact of backup %s lies (\"%s\"), so it can't be deleted"
                            .formatted(backup.id(), backup.artefact())));
        }
        TimeBudget finding = TimeBudget.of(clock, callTimeout.dividedBy(2));
        return switch (Calls.answer(() -> finding(artefact.get().id(), accepted, finding))) {
            case Calls.Answer.Failed<Finding>(var error) -> new DeletionResult.Refused(error.withoutEffect());
            case Calls.Answer.Got<Finding>(Finding.Decided(var result)) -> result;
            case Calls.Answer.Got<Finding>(Finding.ToDelete(var before)) -> send(artefact.get(), before);
        };
    }

    /** What is known of a deletion before a command is sent. */
    private sealed interface Finding {
        /** @param before why an earlier deletion failed */
        record ToDelete(Optional<BackupError> before) implements Finding {}

        record Decided(DeletionResult result) implements Finding {}
    }

    private Finding finding(BackupId id, Optional<String> accepted, TimeBudget budget) {
        Finding soFar =
                accepted.map(command -> outcome(id, command, budget)).orElse(new Finding.ToDelete(Optional.empty()));
        return switch (soFar) {
            case Finding.Decided decided -> decided;
            case Finding.ToDelete toDelete ->
                instances
                        .unreachable(id.server(), budget)
                        .map(ArtefactDeletion::decided)
                        .orElse(toDelete);
        };
    }

    /** The result of the last command that was to delete it. */
    private Finding outcome(BackupId id, String command, TimeBudget budget) {
        try {
            return outcome(
                    id,
                    client.getCommandInvocation(request -> request.commandId(command)
                            .instanceId(id.server().value())
                            .overrideConfiguration(budget.next())));
        } catch (InvocationDoesNotExistException forgottenOrNeverDelivered) {
            return new Finding.ToDelete(Optional.empty());
        }
    }

    private static Finding outcome(BackupId id, GetCommandInvocationResponse answer) {
        if (answer.status() == null) {
            throw new IllegalArgumentException("the response has no Status");
        }
        return switch (answer.status()) {
            case PENDING, IN_PROGRESS, DELAYED, CANCELLING, UNKNOWN_TO_SDK_VERSION ->
                inProgress(BackupError.known(ErrorType.INVALID_STATE, "the backup is being deleted"));
            case SUCCESS, FAILED, CANCELLED, TIMED_OUT ->
                switch (DocumentOutput.readDeletion(answer.standardOutputContent(), id)) {
                    case DocumentOutput.Verified _ -> new Finding.Decided(new DeletionResult.Deleted());
                    case DocumentOutput.Failure(var type, var message)
                    when type.equals(ErrorType.KEPT_BY_LOCK) ->
                        new Finding.ToDelete(Optional.of(BackupError.known(type, message)));
                    case DocumentOutput.Failure(var type, var message) -> failed(answer, type.name() + ": " + message);
                    case DocumentOutput.Unreadable(var why) -> failed(answer, why);
                };
        };
    }

    private static Finding failed(GetCommandInvocationResponse answer, String why) {
        return new Finding.ToDelete(Optional.of(BackupError.known(
                DELETION_FAILED,
                "command %s, which was to delete it, ended as %s: %s"
                        .formatted(
                                answer.commandId(),
                                CommandResultMapper.word(answer.statusDetails(), answer.statusAsString()),
                                why))));
    }

    private static Finding decided(BackupError unreachable) {
        return unreachable.type().equals(ErrorType.INVALID_STATE)
                ? inProgress(unreachable)
                : new Finding.Decided(new DeletionResult.Refused(unreachable));
    }

    private static Finding inProgress(BackupError why) {
        return new Finding.Decided(new DeletionResult.InProgress(why));
    }

    private DeletionResult send(Artefact artefact, Optional<BackupError> before) {
        var how = AwsRequestOverrideConfiguration.builder()
                .apiCallTimeout(callTimeout.dividedBy(2))
                .build();
        try {
            BackupCommand sent = sender.deletion(artefact.id(), artefact.destination(), how);
            return new DeletionResult.Accepted(sent.command().commandId(), before);
        } catch (AwsServiceException e) {
            BackupError error = Errors.of(e);
            return error.effectUnknown() ? new DeletionResult.Doubtful(error) : new DeletionResult.Refused(error);
        } catch (RuntimeException e) {
            return new DeletionResult.Doubtful(Errors.noAnswer(e));
        }
    }
}
