package dev.serverbackup.backup.runcommand;

import dev.serverbackup.backup.Backup;
import dev.serverbackup.backup.BackupError;
import dev.serverbackup.backup.ErrorType;
import dev.serverbackup.backup.FindResult;
import java.time.InstantSource;
import java.util.Optional;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.CommandStatus;
import software.amazon.awssdk.services.ssm.model.InvocationDoesNotExistException;

/** Finds the state of a backup: by its commands and, once they have ended, by their output. */
record BackupFinder(SsmClient client, Commands commands, InstantSource clock) {
    /** The error for a backup that is older than Systems Manager's history. */
    static final String FORGOTTEN =
            "Systems Manager keeps commands for 30 days only, so the state of this older backup is not known: it may"
                    + " still exist";

    FindResult of(BackupId id, TimeBudget budget) {
        return switch (Calls.answer(() -> lookUp(id, budget))) {
            case Calls.Answer.Got<FindResult>(var found) -> found;
            case Calls.Answer.Failed<FindResult>(var error) -> new FindResult.Unavailable(error);
        };
    }

    private FindResult lookUp(BackupId id, TimeBudget budget) {
        Commands.History history = commands.of(id, budget);
        Optional<BackupCommand> backup = history.backup(id);
        if (backup.isPresent()) {
            BackupCommand one = backup.get();
            return new FindResult.Found(
                    one.isOpen() || history.isBeingDeleted(id) ? history.standing(one) : ended(one, budget));
        }
        if (history.isDeleted(id)) {
            return new FindResult.Absent(BackupError.known(ErrorType.RESOURCE_NOT_FOUND, "its artefact was deleted"));
        }
        // A missing command does not prove that there is no artefact.
        return Commands.wouldShow(id, clock.instant())
                ? new FindResult.Absent(BackupError.doubtful(
                        ErrorType.RESOURCE_NOT_FOUND, "Systems Manager lists no command of this backup"))
                : new FindResult.Unavailable(BackupError.known(ErrorType.RESOURCE_NOT_FOUND, FORGOTTEN));
    }

    private Backup ended(BackupCommand one, TimeBudget budget) {
        try {
            var answer = client.getCommandInvocation(
                    request -> request.commandId(one.command().commandId())
                            .instanceId(one.backupId().server().value())
                            .overrideConfiguration(budget.next()));
            return CommandResultMapper.of(one, answer);
        } catch (InvocationDoesNotExistException e) {
            if (one.command().status() == CommandStatus.SUCCESS) {
                throw e;
            }
            return CommandResultMapper.withoutInvocation(one);
        }
    }
}
