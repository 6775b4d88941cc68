package dev.serverbackup.local.opsworkscm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.local.fleet.Fleet;
import dev.serverbackup.local.fleet.FleetServer;
import dev.serverbackup.local.opsworkscm.account.BackupType;
import dev.serverbackup.local.opsworkscm.account.ServerStatus;
import dev.serverbackup.local.opsworkscm.account.StoredBackup;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the service does by itself, over months that take milliseconds. */
class WindowsTest {

    private final ServiceUnderTest service = keeping(FleetServer.named("alpha").tagged("Team", "platform"));

    @Test
    void a_daily_window_makes_a_backup_with_the_servers_tags_each_day_and_keeps_the_newest() {
        update("'PreferredBackupWindow': '04:00', 'BackupRetentionCount': 3");

        service.clock.move(Duration.ofDays(90));

        assertThat(automated())
                .filteredOn(backup -> backup.createdAt().toString().endsWith("T04:00:00Z"))
                .extracting(StoredBackup::createdAt)
                .startsWith(Instant.parse("2027-02-17T04:00:00Z"), Instant.parse("2027-02-16T04:00:00Z"));
        assertThat(automated())
                .hasSize(3)
                .allSatisfy(backup -> assertThat(backup.tags().values()).containsEntry("Team", "platform"));
    }

    @Test
    void a_weekly_window_makes_a_backup_each_week() {
        update("'PreferredBackupWindow': 'Sat:18:15', 'PreferredMaintenanceWindow': 'Mon:00:00',"
                + " 'BackupRetentionCount': 30");

        service.clock.move(Duration.ofDays(28));

        assertThat(automated())
                .filteredOn(backup -> backup.createdAt().toString().endsWith("T18:15:00Z"))
                .hasSize(4);
    }

    @Test
    void maintenance_comes_in_its_window_with_a_backup_of_its_own_though_others_are_switched_off() {
        update("'DisableAutomatedBackup': true, 'PreferredMaintenanceWindow': 'Sun:01:00'");

        service.clock.move(Duration.ofDays(7));

        var server = service.call("DescribeServers", "{'ServerName': 'alpha'}").at("/Servers/0");
        assertThat(server.get("MaintenanceStatus").textValue()).isEqualTo("SUCCESS");
        assertThat(automated())
                .extracting(StoredBackup::createdAt)
                .containsExactly(Instant.parse("2026-11-22T01:00:00Z"));
    }

    @Test
    void a_server_that_is_held_up_is_backed_up_later_in_the_same_hour() {
        update("'PreferredBackupWindow': '04:00', 'DisableAutomatedBackup': false");
        service.account.script().backupsTake("alpha", Duration.ofMinutes(100));
        service.backUp("alpha");

        service.clock.move(Duration.ofHours(4));

        assertThat(automated())
                .extracting(StoredBackup::createdAt)
                .containsExactly(Instant.parse("2026-11-20T04:40:00.125Z"));
    }

    @Test
    void a_server_that_cannot_be_backed_up_lets_the_window_pass_and_says_so() {
        var lost = keeping(FleetServer.named("alpha").in(ServerStatus.CONNECTION_LOST));

        lost.clock.move(Duration.ofDays(1));

        assertThat(lost.account.backups()).isEmpty();
        assertThat(lost.messages("alpha"))
                .contains("The automated backup was not made: the server was in state CONNECTION_LOST.");
    }

    @Test
    void failed_automated_backups_never_push_out_a_good_one() {
        update("'PreferredBackupWindow': '04:00', 'BackupRetentionCount': 2");
        service.clock.move(Duration.ofDays(3));
        assertThat(automated()).hasSize(2);
        service.account.script().backupsFail("alpha", "No space left on device.");

        service.clock.move(Duration.ofDays(30));

        assertThat(automated().stream().filter(backup -> backup.failure().isEmpty()))
                .hasSize(2);
        assertThat(automated().stream().filter(backup -> backup.failure().isPresent()))
                .hasSize(1);
    }

    private void update(String members) {
        service.call("UpdateServer", "{'ServerName': 'alpha', " + members + "}");
    }

    private List<StoredBackup> automated() {
        return service.account.backups().stream()
                .filter(backup -> backup.type() == BackupType.AUTOMATED)
                .toList();
    }

    private static ServiceUnderTest keeping(FleetServer server) {
        return new ServiceUnderTest(Fleet.of(server).keepingWindows(true));
    }
}
