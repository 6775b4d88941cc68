package dev.serverbackup.backup.opsworkscm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.backup.BackupDeletion;
import dev.serverbackup.backup.BackupDeletionContract;
import dev.serverbackup.backup.BackupError;
import dev.serverbackup.backup.BackupQuota;
import dev.serverbackup.backup.BackupQuotaContract;
import dev.serverbackup.backup.DeletionResult;
import dev.serverbackup.backup.ErrorType;
import dev.serverbackup.backup.Quota;
import dev.serverbackup.local.LocalAws;
import dev.serverbackup.local.fleet.Fleet;
import dev.serverbackup.local.fleet.FleetServer;
import dev.serverbackup.local.http.CallPattern;
import dev.serverbackup.local.http.Fault;
import dev.serverbackup.local.opsworkscm.account.BackupType;
import dev.serverbackup.local.opsworkscm.account.Limits;
import dev.serverbackup.local.opsworkscm.account.StoredBackup;
import dev.serverbackup.local.opsworkscm.account.StoredBackupStatus;
import dev.serverbackup.local.opsworkscm.account.StoredServer;
import dev.serverbackup.local.opsworkscm.account.Tags;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.opsworkscm.OpsWorksCmClient;

class OpsWorksCmDeletionIT {
    private static final CallPattern DELETE = CallPattern.of("DeleteBackup");
    private static final CallPattern ATTRIBUTES = CallPattern.of("DescribeAccountAttributes");

    private LocalAws aws;

    @BeforeEach
    void start() {
        start(Limits.DEFAULT.manualBackups());
    }

    @AfterEach
    void stop() {
        aws.close();
    }

    private void start(int manualBackups) {
        Fleet fleet = Fleet.of(FleetServer.named("alpha")).unthrottled();
        aws = LocalAws.started(
                fleet.limited(new Limits(Limits.DEFAULT.servers(), manualBackups)), InstantSource.system());
    }

    private OpsWorksCmBackupService service() {
        return OpsWorksCmBackupService.with(
                OpsWorksCmClient.builder()
                        .region(Region.US_EAST_1)
                        .endpointOverride(aws.endpoint())
                        .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("id", "key")))
                        .httpClient(UrlConnectionHttpClient.create()),
                InstantSource.system(),
                Duration.ofSeconds(15));
    }

    private String keep(Duration endsIn) {
        StoredServer alpha = aws.account().server("alpha").orElseThrow();
        Instant now = aws.account().now();
        return aws.account()
                .keepBackup(alpha, BackupType.MANUAL, "by hand", now.minusSeconds(60), now.plus(endsIn), Tags.NEVER)
                .id();
    }

    private static dev.serverbackup.backup.Backup described(String id) {
        return dev.serverbackup.backup.Backup.of(Map.of(dev.serverbackup.backup.Backup.ID, id));
    }

    @Test
    void a_lost_answer_to_a_deletion_is_doubt() {
        String backup = keep(Duration.ZERO);
        aws.faults().next(1, DELETE, Fault.unavailableAfterEffect());

        assertThat(service().delete(described(backup), Optional.empty()))
                .isInstanceOfSatisfying(
                        DeletionResult.Doubtful.class,
                        doubt -> assertThat(doubt.error().type()).isEqualTo(ErrorType.SERVICE_UNAVAILABLE));
    }

    @Test
    void a_throttled_deletion_is_sent_again() {
        String backup = keep(Duration.ZERO);
        aws.faults().next(1, DELETE, Fault.throttled());

        assertThat(service().delete(described(backup), Optional.empty())).isEqualTo(new DeletionResult.Deleted());
        assertThat(aws.calls().matching(DELETE)).hasSize(2);
    }

    @Test
    void without_an_answer_nothing_is_known_of_the_limit() {
        aws.faults().always(ATTRIBUTES, Fault.unavailable());

        assertThat(service().manualBackups())
                .isInstanceOfSatisfying(
                        Quota.Unavailable.class,
                        silence -> assertThat(silence.error())
                                .extracting(BackupError::type)
                                .isEqualTo(ErrorType.SERVICE_UNAVAILABLE));
    }

    @Nested
    class Deletion extends BackupDeletionContract {
        @Override
        protected BackupDeletion deletion() {
            return service();
        }

        @Override
        protected dev.serverbackup.backup.Backup aBackup() {
            return described(keep(Duration.ZERO));
        }

        @Override
        protected dev.serverbackup.backup.Backup aMissingBackup() {
            return described("nobodys-20260301020001000");
        }

        @Override
        protected dev.serverbackup.backup.Backup aRunningBackup() {
            return described(keep(Duration.ofHours(1)));
        }

        @Override
        protected boolean isGood(String backupId) {
            Instant now = aws.account().now();
            return aws.backups().stream()
                    .filter(backup -> backup.id().equals(backupId))
                    .map((StoredBackup backup) -> backup.status(now))
                    .anyMatch(StoredBackupStatus.OK::equals);
        }
    }

    @Nested
    class OfManualBackups extends BackupQuotaContract {
        @Override
        protected BackupQuota quota(int maximum) {
            aws.close();
            start(maximum);
            return service();
        }

        @Override
        protected void backUp() {
            keep(Duration.ZERO);
        }
    }
}
