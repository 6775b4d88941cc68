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

/** How a backup stands: by its commands, and once they have ended by what its server answered. */
record BackupFinder(SsmClient client, Commands commands, InstantSource clock) {
    /** What is said of a backup that is older than the history. */
    static final String FORGOTTEN =
            "Systems Manager keeps commands for 30 days, and knows nothing of an older backup: it may still be there";

    FindResult of(BackupId id, TimeBudget budget) {
        return switch (Calls.known(() -> lookUp(id, budget))) {
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
        // A list of commands does not say what they have left behind.
        return Commands.wouldShow(id, clock.instant())
                ? new FindResult.Absent(BackupError.doubtful(
                        ErrorType.RESOURCE_NOT_FOUND, "Systems Manager shows no command of that backup"))
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
