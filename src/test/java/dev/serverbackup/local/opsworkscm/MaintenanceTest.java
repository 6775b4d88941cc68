package dev.serverbackup.local.opsworkscm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.local.fleet.FleetServer;
import dev.serverbackup.local.http.AwsErrorType;
import dev.serverbackup.local.opsworkscm.account.Durations;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** StartMaintenance. */
class MaintenanceTest {

    private static final String ALPHA = "{'ServerName': 'alpha'}";

    private final ServiceUnderTest service = ServiceUnderTest.ofAlphaBravoAndPuppet();

    @Test
    void maintenance_makes_a_backup_first_and_leaves_a_healthy_server() {
        var server = service.call("StartMaintenance", ALPHA).get("Server");

        assertThat(server.get("Status").textValue()).isEqualTo("UNDER_MAINTENANCE");
        var backup = service.call("DescribeBackups", ALPHA).at("/Backups/0");
        assertThat(backup.get("Status").textValue()).isEqualTo("IN_PROGRESS");
        assertThat(backup.get("BackupType").textValue()).isEqualTo("AUTOMATED");
        service.clock.move(Durations.DEFAULT.backup());
        assertThat(service.statusOf("alpha")).isEqualTo("UNDER_MAINTENANCE");
        service.clock.move(Durations.DEFAULT.maintenance());

        var after = service.call("DescribeServers", ALPHA).at("/Servers/0");
        assertThat(after.get("Status").textValue()).isEqualTo("HEALTHY");
        assertThat(after.get("MaintenanceStatus").textValue()).isEqualTo("SUCCESS");
    }

    @Test
    void maintenance_whose_backup_fails_has_failed_and_leaves_the_server_as_it_was() {
        service.call("StartMaintenance", "{'ServerName': 'bravo'}");
        service.clock.move(Duration.ofMinutes(1));

        var after = service.call("DescribeServers", "{'ServerName': 'bravo'}").at("/Servers/0");
        assertThat(after.get("Status").textValue()).isEqualTo("UNHEALTHY");
        assertThat(after.get("MaintenanceStatus").textValue()).isEqualTo("FAILED");
        assertThat(after.get("StatusReason").textValue()).isEqualTo("Maintenance failed: No space left on device.");
    }

    @Test
    void chef_automate_1_is_upgraded_once_it_has_had_maintenance() {
        var old = ServiceUnderTest.of(FleetServer.named("alpha").running("ChefAutomate", "12"));
        var upgrade = "{'ServerName': 'alpha', 'EngineAttributes': [{'Name': 'CHEF_MAJOR_UPGRADE', 'Value': 'true'}]}";
        assertThat(old.refused(AwsErrorType.VALIDATION, "StartMaintenance", upgrade))
                .isEqualTo("Server 'alpha' cannot be upgraded: CHEF_MAJOR_UPGRADE_AVAILABLE is not among its engine"
                        + " attributes.");
        old.call("StartMaintenance", ALPHA);
        old.clock.move(Duration.ofMinutes(1));

        assertThat(old.call("DescribeServers", ALPHA)
                        .at("/Servers/0/EngineAttributes/0/Name")
                        .textValue())
                .isEqualTo("CHEF_MAJOR_UPGRADE_AVAILABLE");
        old.call("StartMaintenance", upgrade);
        old.clock.move(Duration.ofMinutes(1));
        var after = old.call("DescribeServers", ALPHA).at("/Servers/0");
        assertThat(after.get("EngineVersion").textValue()).isEqualTo("2");
        assertThat(after.get("EngineAttributes")).isEmpty();
    }
}
