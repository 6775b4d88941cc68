package dev.serverbackup.backup.opsworkscm;

import dev.serverbackup.backup.Backup;
import dev.serverbackup.backup.BackupError;
import dev.serverbackup.backup.BackupOperation;
import dev.serverbackup.backup.BackupOperations;
import dev.serverbackup.backup.BackupService;
import dev.serverbackup.backup.ErrorType;
import dev.serverbackup.backup.FindResult;
import dev.serverbackup.backup.OperationResult;
import dev.serverbackup.backup.aws.Errors;
import dev.serverbackup.backup.aws.SendDeadline;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.services.opsworkscm.OpsWorksCmClient;
import software.amazon.awssdk.services.opsworkscm.model.RestoreServerRequest;
import software.amazon.awssdk.services.opsworkscm.model.Server;

/**
 * Verifies and restores by OpsWorks CM's API. A verification only checks that the backup is still listed as {@code OK}:
 * nothing is read back. {@code RestoreServer} restores a server in place, from one of its own backups.
 */
final class OpsWorksCmOperations implements BackupOperations {
    /** How long after the request for a restore the server may still be shown in its old state. */
    private static final Duration STALE_FOR = Duration.ofMinutes(1);

    private final OpsWorksCmClient client;
    private final BackupService backups;
    private final InstantSource clock;

    OpsWorksCmOperations(OpsWorksCmClient client, BackupService backups, InstantSource clock) {
        this.client = client;
        this.backups = backups;
        this.clock = clock;
    }

    @Override
    public OperationResult.OfStart start(BackupOperation operation, Instant sendBefore) {
        return switch (operation.kind()) {
            case VERIFY -> verify(operation);
            case RESTORE -> restore(operation, sendBefore);
        };
    }

    private OperationResult.OfStart verify(BackupOperation operation) {
        return switch (backups.backup(operation.backup().id())) {
            case FindResult.Unavailable(var error) -> new OperationResult.Refused(error.withoutEffect());
            case FindResult.Absent(var error) ->
                spoiled("OpsWorks CM does not list the backup any more: " + error.message());
            case FindResult.Found(var backup) ->
                switch (backup.status()) {
                    case OK -> new OperationResult.Succeeded(checked(backup));
                    case FAILED, DELETING, IN_PROGRESS, UNRECOGNISED ->
                        spoiled("OpsWorks CM lists the backup as %s: %s"
                                .formatted(backup.members().get(Backup.STATUS), backup.statusDescription()));
                };
        };
    }

    private static String checked(Backup backup) {
        Object size = backup.members().get("S3DataSize");
        return size == null ? "listed as OK" : "listed as OK, %s bytes".formatted(size);
    }

    private static OperationResult.Failed spoiled(String why) {
        return new OperationResult.Failed(BackupError.known(ErrorType.VERIFICATION_FAILED, why));
    }

    private OperationResult.OfStart restore(BackupOperation operation, Instant sendBefore) {
        SendDeadline deadline = new SendDeadline(clock, sendBefore);
        RestoreServerRequest request = RestoreServerRequest.builder()
                .backupId(operation.backup().id())
                .serverName(operation.server().value())
                .overrideConfiguration(AwsRequestOverrideConfiguration.builder()
                        .putExecutionAttribute(SendDeadline.ATTRIBUTE, deadline)
                        .build())
                .build();
        try {
            client.restoreServer(request);
            return new OperationResult.Running(operation.server().value());
        } catch (RuntimeException e) {
            return deadline.startOf(e);
        }
    }

    /** A restore has no marker: a server that is being restored may be restored by another program. */
    @Override
    public OperationResult.OfLookup find(BackupOperation operation) {
        return switch (operation.kind()) {
            case VERIFY -> new OperationResult.NotFound();
            case RESTORE ->
                switch (shown(operation.server().value())) {
                    case OperationResult.Running running -> running;
                    case OperationResult.Unavailable unavailable -> unavailable;
                    case OperationResult.Succeeded _, OperationResult.Failed _ -> new OperationResult.NotFound();
                };
        };
    }

    /** In the first minute only {@code RESTORING} counts: any other state may be the old one. */
    @Override
    public OperationResult.OfState state(BackupOperation operation, String startedAs) {
        boolean isStale = clock.instant().isBefore(operation.requestedAt().plus(STALE_FOR));
        return switch (shown(startedAs)) {
            case OperationResult.Succeeded _ when isStale -> new OperationResult.Running(startedAs);
            case OperationResult.Failed _ when isStale -> new OperationResult.Running(startedAs);
            case OperationResult.OfState shown -> shown;
        };
    }

    private OperationResult.OfState shown(String startedAs) {
        try {
            Server server = client.describeServers(request -> request.serverName(startedAs))
                    .servers()
                    .getFirst();
            return switch (server.status()) {
                case RESTORING -> new OperationResult.Running(startedAs);
                case HEALTHY, RUNNING -> new OperationResult.Succeeded("the server is " + server.statusAsString());
                case BACKING_UP,
                        CONNECTION_LOST,
                        CREATING,
                        DELETING,
                        MODIFYING,
                        FAILED,
                        SETUP,
                        UNDER_MAINTENANCE,
                        UNHEALTHY,
                        TERMINATED,
                        UNKNOWN_TO_SDK_VERSION ->
                    new OperationResult.Failed(BackupError.known(
                            ErrorType.RESTORE_FAILED,
                            "the server is %s: %s"
                                    .formatted(
                                            server.statusAsString(),
                                            Objects.requireNonNullElse(server.statusReason(), "no reason is given"))));
            };
        } catch (RuntimeException e) {
            return new OperationResult.Unavailable(Errors.ofRead(e));
        }
    }
}
