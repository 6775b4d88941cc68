package dev.serverbackup.backup.opsworkscm;

import dev.serverbackup.backup.Backup;
import dev.serverbackup.backup.BackupDeletion;
import dev.serverbackup.backup.BackupError;
import dev.serverbackup.backup.BackupOperations;
import dev.serverbackup.backup.BackupQuota;
import dev.serverbackup.backup.BackupResult;
import dev.serverbackup.backup.BackupService;
import dev.serverbackup.backup.BackupStates;
import dev.serverbackup.backup.DeletionResult;
import dev.serverbackup.backup.ErrorType;
import dev.serverbackup.backup.FindResult;
import dev.serverbackup.backup.ListResult;
import dev.serverbackup.backup.Quota;
import dev.serverbackup.backup.aws.Errors;
import dev.serverbackup.backup.aws.Pages;
import dev.serverbackup.backup.aws.SendDeadline;
import dev.serverbackup.backup.aws.ThrottlingRetry;
import dev.serverbackup.request.ServerName;
import dev.serverbackup.server.Server;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.opsworkscm.OpsWorksCmClient;
import software.amazon.awssdk.services.opsworkscm.OpsWorksCmClientBuilder;
import software.amazon.awssdk.services.opsworkscm.model.AccountAttribute;
import software.amazon.awssdk.services.opsworkscm.model.CreateBackupRequest;
import software.amazon.awssdk.services.opsworkscm.model.DescribeBackupsRequest;
import software.amazon.awssdk.services.opsworkscm.model.DescribeBackupsResponse;

/** Makes, looks up and deletes backups by OpsWorks CM's own API, and reads the limit on manual backups. */
public final class OpsWorksCmBackupService implements BackupService, BackupDeletion, BackupQuota {
    /** The page size; the service does not page yet. */
    private static final int PAGE = 100;
    /** The name of the attribute (OpsWorks CM API, {@code AccountAttribute.Name}). */
    private static final String MANUAL_BACKUPS = "ManualBackupLimit";

    private final OpsWorksCmClient client;
    private final InstantSource clock;

    private OpsWorksCmBackupService(OpsWorksCmClient client, InstantSource clock) {
        this.client = client;
        this.clock = clock;
    }

    /**
     * Builds the client itself, since the contract depends on its retries and on the check before each transmission.
     *
     * @param builder with the endpoint, credentials and HTTP client to use
     * @param callTimeout for one call with all its retries
     */
    public static OpsWorksCmBackupService with(
            OpsWorksCmClientBuilder builder, InstantSource clock, Duration callTimeout) {
        OpsWorksCmClient client = builder.overrideConfiguration(builder.overrideConfiguration().toBuilder()
                        .retryStrategy(ThrottlingRetry.strategy())
                        .addExecutionInterceptor(new SendDeadline.Interceptor())
                        .apiCallTimeout(callTimeout)
                        .build())
                .build();
        return new OpsWorksCmBackupService(client, clock);
    }

    /** Verifies and restores by the same client. */
    public BackupOperations operations() {
        return new OpsWorksCmOperations(client, this, clock);
    }

    @Override
    public BackupResult createBackup(Server server, String description, Instant sendBefore) {
        SendDeadline deadline = new SendDeadline(clock, sendBefore);
        CreateBackupRequest request = CreateBackupRequest.builder()
                .serverName(server.name().value())
                .description(description)
                .overrideConfiguration(AwsRequestOverrideConfiguration.builder()
                        .putExecutionAttribute(SendDeadline.ATTRIBUTE, deadline)
                        .build())
                .build();
        try {
            return new BackupResult.Started(
                    BackupMapper.backup(client.createBackup(request).backup()));
        } catch (RuntimeException e) {
            return deadline.resultOf(e);
        }
    }

    @Override
    public ListResult backupsOf(ServerName server, Instant since) {
        List<Backup> backups = new ArrayList<>();
        try {
            list(request -> request.serverName(server.value()), () -> true, backups::addAll);
            return new ListResult.Backups(backups);
        } catch (RuntimeException e) {
            return new ListResult.Unavailable(Errors.ofRead(e));
        }
    }

    /** Reads to the last page, or until {@code permit} returns false. */
    private void list(
            Consumer<DescribeBackupsRequest.Builder> which, BooleanSupplier permit, Consumer<List<Backup>> shown) {
        var request = DescribeBackupsRequest.builder()
                .maxResults(PAGE)
                .applyMutation(which)
                .build();
        Pages.each(
                client.describeBackupsPaginator(request),
                DescribeBackupsResponse::nextToken,
                permit,
                page -> shown.accept(BackupMapper.backups(page)));
    }

    @Override
    public BackupStates states(Instant since, BooleanSupplier permit) {
        Map<String, Backup> byId = new HashMap<>();
        Optional<BackupError> trouble = Optional.empty();
        try {
            list(_ -> {}, permit, page -> page.forEach(backup -> byId.put(backup.id(), backup)));
        } catch (RuntimeException e) {
            trouble = Optional.of(Errors.ofRead(e));
        }
        return new BackupStates(started -> Optional.ofNullable(byId.get(started.id())), trouble);
    }

    @Override
    public FindResult backup(String backupId) {
        try {
            var answer = client.describeBackups(request -> request.backupId(backupId));
            return BackupMapper.backups(answer).stream()
                    .filter(backup -> backup.id().equals(backupId))
                    .findFirst()
                    .<FindResult>map(FindResult.Found::new)
                    .orElseGet(() -> new FindResult.Absent(
                            BackupError.known(ErrorType.RESOURCE_NOT_FOUND, "no backup is listed under that id")));
        } catch (RuntimeException e) {
            BackupError error = Errors.ofRead(e);
            boolean absent = error.type().equals(ErrorType.RESOURCE_NOT_FOUND);
            return absent ? new FindResult.Absent(error) : new FindResult.Unavailable(error);
        }
    }

    @Override
    public Quota manualBackups() {
        try {
            return client.describeAccountAttributes().attributes().stream()
                    .filter(OpsWorksCmBackupService::saysAllOfManualBackups)
                    .findFirst()
                    .map(limit -> new Quota.Known(limit.used(), limit.maximum()))
                    .orElseThrow(() -> new IllegalArgumentException("the response has no " + MANUAL_BACKUPS));
        } catch (RuntimeException e) {
            return new Quota.Unavailable(Errors.ofRead(e));
        }
    }

    @Override
    public boolean listsAllBackups() {
        return true;
    }

    /** {@code DeleteBackup}. A deletion that it accepts does not fail later, so it has no id. */
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
}
