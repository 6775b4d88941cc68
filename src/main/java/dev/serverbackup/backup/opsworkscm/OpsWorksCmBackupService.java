package dev.serverbackup.backup.opsworkscm;

import dev.serverbackup.backup.Backup;
import dev.serverbackup.backup.BackupError;
import dev.serverbackup.backup.BackupResult;
import dev.serverbackup.backup.BackupService;
import dev.serverbackup.backup.ErrorType;
import dev.serverbackup.backup.Listing;
import dev.serverbackup.backup.Lookup;
import dev.serverbackup.backup.sdk.Errors;
import dev.serverbackup.backup.sdk.SendGate;
import dev.serverbackup.backup.sdk.ThrottlingRetry;
import dev.serverbackup.fleet.Server;
import dev.serverbackup.request.ServerName;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.opsworkscm.OpsWorksCmClient;
import software.amazon.awssdk.services.opsworkscm.OpsWorksCmClientBuilder;
import software.amazon.awssdk.services.opsworkscm.model.CreateBackupRequest;
import software.amazon.awssdk.services.opsworkscm.model.DescribeBackupsRequest;

/** Backups by OpsWorks CM's own API. */
public final class OpsWorksCmBackupService implements BackupService {
    private final OpsWorksCmClient client;
    private final InstantSource clock;

    private OpsWorksCmBackupService(OpsWorksCmClient client, InstantSource clock) {
        this.client = client;
        this.clock = clock;
    }

    /**
     * Builds the client too: on its retries, and on the gate before each transmission, the contract depends.
     *
     * @param builder with the endpoint, credentials and HTTP client to use
     * @param callTimeout for one call with all its repetitions on throttling
     */
    public static OpsWorksCmBackupService with(
            OpsWorksCmClientBuilder builder, InstantSource clock, Duration callTimeout) {
        OpsWorksCmClient client = builder.overrideConfiguration(builder.overrideConfiguration().toBuilder()
                        .retryStrategy(ThrottlingRetry.strategy())
                        .addExecutionInterceptor(new SendGate.Interceptor())
                        .apiCallTimeout(callTimeout)
                        .build())
                .build();
        return new OpsWorksCmBackupService(client, clock);
    }

    @Override
    public BackupResult createBackup(Server server, String description, Instant sendBefore) {
        SendGate gate = new SendGate(clock, sendBefore);
        CreateBackupRequest request = CreateBackupRequest.builder()
                .serverName(server.name().value())
                .description(description)
                .overrideConfiguration(AwsRequestOverrideConfiguration.builder()
                        .putExecutionAttribute(SendGate.ATTRIBUTE, gate)
                        .build())
                .build();
        try {
            return new BackupResult.Started(
                    Members.backup(client.createBackup(request).backup()));
        } catch (RuntimeException e) {
            return gate.resultOf(e);
        }
    }

    @Override
    public Listing backupsOf(ServerName server, Instant since) {
        DescribeBackupsRequest request =
                DescribeBackupsRequest.builder().serverName(server.value()).build();
        try {
            List<Backup> backups = client.describeBackupsPaginator(request).stream()
                    .flatMap(page -> Members.backups(page).stream())
                    .toList();
            return new Listing.Backups(backups);
        } catch (AwsServiceException e) {
            return new Listing.Unavailable(Errors.of(e));
        } catch (RuntimeException e) {
            return new Listing.Unavailable(BackupError.known(ErrorType.NO_ANSWER, Errors.inOneLine(e)));
        }
    }

    @Override
    public Lookup backup(String backupId) {
        try {
            var answer = client.describeBackups(request -> request.backupId(backupId));
            return answer.backups().stream()
                    .map(Members::backup)
                    .filter(backup -> backup.id().equals(backupId))
                    .findFirst()
                    .<Lookup>map(Lookup.Found::new)
                    .orElseGet(() -> new Lookup.Absent(
                            BackupError.known(ErrorType.RESOURCE_NOT_FOUND, "no backup is listed under that id")));
        } catch (AwsServiceException e) {
            BackupError error = Errors.of(e);
            boolean absent = error.type().equals(ErrorType.RESOURCE_NOT_FOUND);
            return absent ? new Lookup.Absent(error) : new Lookup.Unavailable(error);
        } catch (RuntimeException e) {
            return new Lookup.Unavailable(BackupError.known(ErrorType.NO_ANSWER, Errors.inOneLine(e)));
        }
    }
}
