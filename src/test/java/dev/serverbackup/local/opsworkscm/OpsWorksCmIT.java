package dev.serverbackup.local.opsworkscm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.serverbackup.ManualClock;
import dev.serverbackup.local.Clients;
import dev.serverbackup.local.LocalAws;
import dev.serverbackup.local.fleet.Fleet;
import dev.serverbackup.local.fleet.FleetServer;
import dev.serverbackup.local.http.CallPattern;
import dev.serverbackup.local.http.Fault;
import dev.serverbackup.local.opsworkscm.account.Durations;
import dev.serverbackup.local.opsworkscm.account.Limits;
import java.time.Instant;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.opsworkscm.OpsWorksCmClient;
import software.amazon.awssdk.services.opsworkscm.model.BackupStatus;
import software.amazon.awssdk.services.opsworkscm.model.BackupType;
import software.amazon.awssdk.services.opsworkscm.model.InvalidNextTokenException;
import software.amazon.awssdk.services.opsworkscm.model.InvalidStateException;
import software.amazon.awssdk.services.opsworkscm.model.LimitExceededException;
import software.amazon.awssdk.services.opsworkscm.model.OpsWorksCmException;
import software.amazon.awssdk.services.opsworkscm.model.ResourceAlreadyExistsException;
import software.amazon.awssdk.services.opsworkscm.model.ResourceNotFoundException;
import software.amazon.awssdk.services.opsworkscm.model.ServerStatus;
import software.amazon.awssdk.services.opsworkscm.model.Tag;
import software.amazon.awssdk.services.opsworkscm.model.ValidationException;

/** OpsWorks CM as the real SDK client sees it. */
class OpsWorksCmIT {

    private static final String NOW = "2026-11-20T03:00:00.125Z";

    private final ManualClock clock = new ManualClock(Instant.parse(NOW));
    private final LocalAws aws = LocalAws.started(
            Fleet.of(FleetServer.named("alpha").tagged("Backup", "nightly"), FleetServer.named("bravo"))
                    .limited(new Limits(3, 2))
                    .unthrottled(),
            clock);
    private final OpsWorksCmClient client = Clients.opsWorksCm(aws.endpoint());

    @AfterEach
    void stop() {
        client.close();
        aws.close();
    }

    @Test
    void a_backup_is_created_described_tagged_and_deleted() {
        var created = client.createBackup(backup -> backup.serverName("alpha")
                        .description("before 4711")
                        .tags(Tag.builder().key("Run").value("4711").build()))
                .backup();
        assertThat(created.createdAt()).isEqualTo(Instant.parse(NOW));
        assertThat(created.status()).isEqualTo(BackupStatus.IN_PROGRESS);
        assertThat(client.describeServers(all -> all.serverName("alpha"))
                        .servers()
                        .getFirst()
                        .status())
                .isEqualTo(ServerStatus.BACKING_UP);

        clock.move(Durations.DEFAULT.backup());
        var ended = client.describeBackups(one -> one.backupId(created.backupId()))
                .backups()
                .getFirst();
        assertThat(ended.status()).isEqualTo(BackupStatus.OK);
        assertThat(ended.backupType()).isEqualTo(BackupType.MANUAL);
        assertThat(ended.description()).isEqualTo("before 4711");
        assertThat(client.listTagsForResource(of -> of.resourceArn(created.backupArn()))
                        .tags())
                .extracting(Tag::key)
                .containsExactly("Backup", "Run");

        client.deleteBackup(one -> one.backupId(created.backupId()));
        assertThat(aws.backups("alpha").getFirst().status(clock.instant()).name())
                .isEqualTo("DELETING");
    }

    @Test
    void each_documented_error_is_its_own_exception() {
        client.createBackup(backup -> backup.serverName("alpha"));

        assertThatExceptionOfType(InvalidStateException.class)
                .isThrownBy(() -> client.createBackup(backup -> backup.serverName("alpha")))
                .satisfies(refused -> {
                    assertThat(refused.statusCode()).isEqualTo(400);
                    assertThat(refused.requestId())
                            .isEqualTo(aws.calls().all().getLast().requestId());
                    assertThat(refused.awsErrorDetails().errorMessage())
                            .isEqualTo("Cannot create a backup of server 'alpha': the server is in state BACKING_UP; a"
                                    + " backup needs RUNNING, HEALTHY or UNHEALTHY.");
                });
        client.createBackup(backup -> backup.serverName("bravo"));
        clock.move(Durations.DEFAULT.backup());
        assertThatExceptionOfType(LimitExceededException.class)
                .isThrownBy(() -> client.createBackup(backup -> backup.serverName("alpha")));
        assertThatExceptionOfType(ResourceNotFoundException.class)
                .isThrownBy(() -> client.createBackup(backup -> backup.serverName("nobody")));
        assertThatExceptionOfType(ValidationException.class)
                .isThrownBy(() -> client.createBackup(backup -> backup.description("no name")));
        assertThatExceptionOfType(InvalidNextTokenException.class)
                .isThrownBy(() -> client.describeBackups(all -> all.nextToken("foreign")));
        assertThatExceptionOfType(ResourceAlreadyExistsException.class)
                .isThrownBy(() -> client.createServer(server -> server.serverName("alpha")
                        .engine("Puppet")
                        .instanceType("m5.large")
                        .instanceProfileArn("arn:aws:iam::123456789012:instance-profile/p")
                        .serviceRoleArn("arn:aws:iam::123456789012:role/r")));
    }

    @Test
    void throttling_is_recognised_as_such() {
        aws.throttle().allow(5, 1);
        client.describeServers();

        assertThatExceptionOfType(OpsWorksCmException.class)
                .isThrownBy(client::describeServers)
                .satisfies(
                        refused -> assertThat(refused.isThrottlingException()).isTrue());
    }

    @Test
    void a_denied_call_says_so() {
        aws.faults().next(1, CallPattern.of("CreateBackup"), Fault.accessDenied());

        assertThatExceptionOfType(OpsWorksCmException.class)
                .isThrownBy(() -> client.createBackup(backup -> backup.serverName("alpha")))
                .satisfies(refused ->
                        assertThat(refused.awsErrorDetails().errorCode()).isEqualTo("AccessDeniedException"));
        assertThat(aws.backups()).isEmpty();
    }

    @Test
    void of_many_calls_at_once_for_one_server_one_succeeds() throws Exception {
        Callable<Boolean> call = () -> {
            try {
                client.createBackup(backup -> backup.serverName("alpha"));
                return true;
            } catch (InvalidStateException locked) {
                return false;
            }
        };
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var started = 0;
            for (var result : threads.invokeAll(Collections.nCopies(20, call))) {
                started += result.get() ? 1 : 0;
            }
            assertThat(started).isOne();
        }
        assertThat(aws.backups()).hasSize(1);
        assertThat(aws.calls().matching(CallPattern.of("CreateBackup").to("alpha")))
                .hasSize(20);
    }
}
