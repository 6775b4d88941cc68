package dev.serverbackup.backup.systemsmanager;

import dev.serverbackup.backup.BackupDeletion;
import dev.serverbackup.backup.BackupError;
import dev.serverbackup.backup.BackupQuota;
import dev.serverbackup.backup.CommandTerms;
import dev.serverbackup.backup.DeletionResult;
import dev.serverbackup.backup.ErrorType;
import dev.serverbackup.backup.Quota;
import dev.serverbackup.backup.sdk.Errors;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.SsmClientBuilder;

/** Deletes the artefacts of backups by Run Command. There is no limit over all servers, so none is asked for. */
public final class SystemsManagerUpkeep implements BackupDeletion, BackupQuota {
    private final InstantSource clock;
    private final Duration callTimeout;
    private final Sending sending;
    private final Commands commands;
    private final Instances instances;

    private SystemsManagerUpkeep(SsmClient client, CommandTerms terms, InstantSource clock, Duration callTimeout) {
        this.clock = clock;
        this.callTimeout = callTimeout;
        this.sending = new Sending(client, terms);
        this.commands = new Commands(client);
        this.instances = new Instances(client);
    }

    /**
     * Builds the client too.
     *
     * @param builder with the endpoint, credentials and HTTP client to use
     * @param callTimeout for one deletion: all calls that it takes, and their repetitions
     */
    public static SystemsManagerUpkeep with(
            SsmClientBuilder builder, CommandTerms terms, InstantSource clock, Duration callTimeout) {
        return new SystemsManagerUpkeep(Calls.client(builder, callTimeout), terms, clock, callTimeout);
    }

    @Override
    public Quota manualBackups() {
        return new Quota.NoneOfAll();
    }

    /** Accepted is the command that deletes: the backup is gone when it has succeeded, and good again if it fails. */
    @Override
    public DeletionResult delete(String backupId) {
        Optional<BackupId> id = BackupId.parse(backupId);
        if (id.isEmpty()) {
            return new DeletionResult.AlreadyGone();
        }
        Budget finding = Budget.of(clock, callTimeout.dividedBy(2));
        return switch (Calls.known(() -> finding(id.get(), finding))) {
            case Calls.Answer.Failed<Finding>(var error) -> new DeletionResult.Refused(error.settled());
            case Calls.Answer.Got<Finding>(Finding.Decided(var result)) -> result;
            case Calls.Answer.Got<Finding>(Finding.ToDelete(var backup, var before)) -> send(backup, before);
        };
    }

    /** What is to be done about a deletion that was asked for. */
    private sealed interface Finding {
        /** @param before why an earlier deletion failed */
        record ToDelete(OurCommand backup, Optional<BackupError> before) implements Finding {}

        record Decided(DeletionResult result) implements Finding {}
    }

    private Finding finding(BackupId id, Budget budget) {
        Commands.History history = commands.of(id, budget);
        Optional<OurCommand> backup = history.backup(id);
        if (backup.isEmpty()) {
            return new Finding.Decided(
                    history.isDeleted(id) || Commands.wouldShow(id, clock.instant())
                            ? new DeletionResult.AlreadyGone()
                            : forgotten());
        }
        if (backup.get().isOpen() || history.isBeingDeleted(id)) {
            return inProgress(BackupError.known(
                    ErrorType.INVALID_STATE,
                    "the backup is " + history.standing(backup.get()).status()));
        }
        Optional<BackupError> unreachable = instances.unreachable(id.server(), budget);
        return unreachable
                .map(this::decided)
                .orElseGet(() -> new Finding.ToDelete(backup.get(), history.failedDeletion(id)));
    }

    private static DeletionResult forgotten() {
        return new DeletionResult.Refused(BackupError.known(ErrorType.RESOURCE_NOT_FOUND, Standing.FORGOTTEN));
    }

    private Finding decided(BackupError unreachable) {
        return unreachable.type().equals(ErrorType.INVALID_STATE)
                ? inProgress(unreachable)
                : new Finding.Decided(new DeletionResult.Refused(unreachable));
    }

    private static Finding inProgress(BackupError why) {
        return new Finding.Decided(new DeletionResult.InProgress(why));
    }

    private DeletionResult send(OurCommand backup, Optional<BackupError> before) {
        var how = AwsRequestOverrideConfiguration.builder()
                .apiCallTimeout(callTimeout.dividedBy(2))
                .build();
        try {
            sending.deletion(backup, how);
            return new DeletionResult.Accepted(before);
        } catch (AwsServiceException e) {
            BackupError error = Errors.of(e);
            return error.effectUnknown() ? new DeletionResult.Doubtful(error) : new DeletionResult.Refused(error);
        } catch (RuntimeException e) {
            return new DeletionResult.Doubtful(Errors.noAnswer(e));
        }
    }
}
