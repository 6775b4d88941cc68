package dev.serverbackup.cli.audit;

import dev.serverbackup.audit.PastBackup;
import dev.serverbackup.audit.dynamodb.DynamoDbFollowUpRepository;
import dev.serverbackup.audit.dynamodb.DynamoDbVerificationRepository;
import dev.serverbackup.backup.Backup;
import dev.serverbackup.backup.BackupBackend;
import dev.serverbackup.backup.ListResult;
import dev.serverbackup.backup.opsworkscm.OpsWorksCmBackupService;
import dev.serverbackup.cli.CommandFailedException;
import dev.serverbackup.cli.Connection;
import dev.serverbackup.cli.Table.Column;
import dev.serverbackup.request.ServerName;
import dev.serverbackup.retention.ExcessBackups;
import dev.serverbackup.retention.RetentionPolicy;
import dev.serverbackup.retention.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Decides which of a server's backups retention would delete now. Deletes nothing. */
final class Excess {
    static final List<Column<Verdict>> COLUMNS = List.of(
            new Column<>("SERVER", verdict -> verdict.backup().serverName().value()),
            new Column<>("BACKUP", verdict -> verdict.backup().backupId()),
            new Column<>("CREATED", verdict -> verdict.createdAt().toString()),
            new Column<>("RETENTION", Excess::decision),
            new Column<>("KEPT BY", verdict -> verdict.isKept() ? String.join(", ", verdict.keptBy()) : "-"));

    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(20);

    private final DynamoDbFollowUpRepository audit;
    private final DynamoDbVerificationRepository verifications;
    private final OpsWorksCmBackupService opsWorksCm;
    private final RetentionPolicy policy;

    Excess(Connection deployment, InstantSource clock, RetentionPolicy policy) {
        // Only reads, so the retention of rows does not matter.
        DynamoDbClient client = deployment.dynamoDb();
        this.audit = new DynamoDbFollowUpRepository(client, deployment.table(), Duration.ofDays(1), clock);
        this.verifications = new DynamoDbVerificationRepository(client, deployment.table(), clock);
        this.opsWorksCm = OpsWorksCmBackupService.with(deployment.opsWorksCm(), clock, CALL_TIMEOUT);
        this.policy = policy;
    }

    /** One verdict for each good backup of a server, newest first; empty if every one is about to be deleted. */
    List<Verdict> of(ServerName server) {
        List<PastBackup> past = audit.undeleted(server);
        return past.stream()
                .filter(backup -> !backup.isDeletionIntended())
                .max(Comparator.comparing(PastBackup::finishedAt))
                .map(newest -> ExcessBackups.verdicts(
                        policy, newest, past, listed(server, newest.backend()), verifications.of(server)))
                .orElse(List.of());
    }

    /** If the service lists every backup, its listing is used, as in the follow-up. */
    private Optional<List<Backup>> listed(ServerName server, BackupBackend backend) {
        return switch (backend) {
            case SYSTEMS_MANAGER -> Optional.empty();
            case OPSWORKS_CM ->
                switch (opsWorksCm.backupsOf(server, Instant.EPOCH)) {
                    case ListResult.Backups(var backups) -> Optional.of(backups);
                    case ListResult.Unavailable(var error) ->
                        throw new CommandFailedException(
                                "OpsWorks CM does not list the backups of server %s: %s"
                                        .formatted(server, error.message()),
                                "");
                };
        };
    }

    static boolean isExcess(Verdict verdict) {
        return !verdict.isKept();
    }

    private static String decision(Verdict verdict) {
        if (verdict.isKept()) {
            return "stays";
        }
        return verdict.backup().isDeletionIntended() ? "is being deleted" : "would be deleted";
    }

    static Map<String, Object> json(Verdict verdict) {
        return Map.of(
                "server", verdict.backup().serverName().value(),
                "backup", verdict.backup().backupId(),
                "createdAt", verdict.createdAt().toString(),
                "run", verdict.backup().runId().value(),
                "deleted", isExcess(verdict),
                "keptBy", verdict.keptBy());
    }
}
