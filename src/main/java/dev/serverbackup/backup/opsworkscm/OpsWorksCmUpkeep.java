package dev.serverbackup.backup.opsworkscm;

import dev.serverbackup.backup.Backup;
import dev.serverbackup.backup.BackupDeletion;
import dev.serverbackup.backup.BackupError;
import dev.serverbackup.backup.BackupQuota;
import dev.serverbackup.backup.DeletionResult;
import dev.serverbackup.backup.ErrorType;
import dev.serverbackup.backup.Quota;
import dev.serverbackup.backup.sdk.Errors;
import dev.serverbackup.backup.sdk.ThrottlingRetry;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.opsworkscm.OpsWorksCmClient;
import software.amazon.awssdk.services.opsworkscm.OpsWorksCmClientBuilder;
import software.amazon.awssdk.services.opsworkscm.model.AccountAttribute;

/** Keeps an account's backups within bounds, by OpsWorks CM's own API: the limit of manual ones, and deletion. */
public final class OpsWorksCmUpkeep implements BackupDeletion, BackupQuota {
    /** The name of the attribute (OpsWorks CM API, {@code AccountAttribute.Name}). */
    private static final String MANUAL_BACKUPS = "ManualBackupLimit";

    private final OpsWorksCmClient client;

    private OpsWorksCmUpkeep(OpsWorksCmClient client) {
        this.client = client;
    }

    /**
     * Builds the client too.
     *
     * @param builder with the endpoint, credentials and HTTP client to use
     * @param callTimeout for one call with all its repetitions on throttling
     */
    public static OpsWorksCmUpkeep with(OpsWorksCmClientBuilder builder, Duration callTimeout) {
        return new OpsWorksCmUpkeep(builder.overrideConfiguration(builder.overrideConfiguration().toBuilder()
                        .retryStrategy(ThrottlingRetry.strategy())
                        .apiCallTimeout(callTimeout)
                        .build())
                .build());
    }

    @Override
    public Quota manualBackups() {
        try {
            return client.describeAccountAttributes().attributes().stream()
                    .filter(OpsWorksCmUpkeep::saysAllOfManualBackups)
                    .findFirst()
                    .<Quota>map(limit -> new Quota.Known(limit.used(), limit.maximum()))
                    .orElseGet(() -> unavailable("the answer holds no " + MANUAL_BACKUPS));
        } catch (AwsServiceException e) {
            return new Quota.Unavailable(Errors.of(e));
        } catch (RuntimeException e) {
            return unavailable(Errors.inOneLine(e));
        }
    }

    @Override
    public boolean listsAllBackups() {
        return true;
    }

    /** {@code DeleteBackup}. Nothing that it accepts fails later, so no deletion has a name. */
    @Override
    public DeletionResult delete(Backup backup, Optional<String> accepted) {
        try {
            client.deleteBackup(request -> request.backupId(backup.id()));
            return new DeletionResult.Deleted();
        } catch (AwsServiceException e) {
            return answered(Errors.of(e));
        } catch (RuntimeException e) {
            return new DeletionResult.Doubtful(Errors.noAnswer(e));
        }
    }

    private static DeletionResult answered(BackupError error) {
        if (error.effectUnknown()) {
            return new DeletionResult.Doubtful(error);
        }
        if (error.type().equals(ErrorType.RESOURCE_NOT_FOUND)) {
            return new DeletionResult.AlreadyGone();
        }
        return error.type().equals(ErrorType.INVALID_STATE)
                ? new DeletionResult.InProgress(error)
                : new DeletionResult.Refused(error);
    }

    private static boolean saysAllOfManualBackups(AccountAttribute attribute) {
        return MANUAL_BACKUPS.equals(attribute.name()) && attribute.used() != null && attribute.maximum() != null;
    }

    private static Quota unavailable(String why) {
        return new Quota.Unavailable(BackupError.known(ErrorType.NO_ANSWER, why));
    }
}
