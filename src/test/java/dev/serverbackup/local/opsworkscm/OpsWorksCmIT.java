package dev.serverbackup.local.opsworkscm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.ManualClock;
import dev.serverbackup.local.Clients;
import dev.serverbackup.local.LocalAws;
import dev.serverbackup.local.fleet.Fleet;
import dev.serverbackup.local.fleet.FleetServer;
import dev.serverbackup.local.http.CallPattern;
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
import software.amazon.awssdk.services.opsworkscm.model.InvalidStateException;
import software.amazon.awssdk.services.opsworkscm.model.ServerStatus;
import software.amazon.awssdk.services.opsworkscm.model.Tag;

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
