package dev.serverbackup.local.opsworkscm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.serverbackup.local.fleet.Fleet;
import dev.serverbackup.local.fleet.FleetServer;
import dev.serverbackup.local.http.AwsErrorType;
import dev.serverbackup.local.opsworkscm.account.Durations;
import dev.serverbackup.local.opsworkscm.account.Limits;
import dev.serverbackup.local.opsworkscm.account.ServerStatus;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** CreateBackup, DescribeBackups, DeleteBackup. */
class BackupsTest {
    private static final String ALPHA = "{'ServerName': 'alpha'}";
    private static final String OLD = "{'BackupId': 'alpha-20261119030000125'}";
    private static final String NO_SPACE = "No space left on device.";

    private final ServiceUnderTest service = ServiceUnderTest.of(
            FleetServer.named("alpha").in(ServerStatus.UNHEALTHY).withBackups(1, 1),
            FleetServer.named("bravo").whoseBackupsFail(NO_SPACE),
            FleetServer.named("charlie").whoseBackupsTake(Duration.ofHours(1)));

    @Test
    void the_answer_is_the_backup_in_progress_with_the_servers_attributes() {
        var backup = service.call("CreateBackup", "{'ServerName': 'alpha', 'Description': 'before 4711 [run x]'}")
                .get("Backup");
        var server = service.call("DescribeServers", ALPHA).at("/Servers/0");

        assertThat(backup.get("BackupId").textValue()).isEqualTo("alpha-20261120030000125");
        assertThat(backup.get("CreatedAt").decimalValue()).isEqualByComparingTo("1795143600.125");
        assertThat(backup.get("Description").textValue()).isEqualTo("before 4711 [run x]");
        assertThat(backup.get("BackupType").textValue()).isEqualTo("MANUAL");
        assertThat(backup.get("Status").textValue()).isEqualTo("IN_PROGRESS");
        assertThat(backup.get("SecurityGroupIds")).isEqualTo(server.get("SecurityGroupIds"));
    }

    @ParameterizedTest
    @EnumSource(
            names = {"RUNNING", "HEALTHY", "UNHEALTHY"},
            mode = EnumSource.Mode.EXCLUDE)
    void a_server_in_any_other_state_is_refused(ServerStatus status) {
        var other = ServiceUnderTest.of(FleetServer.named("alpha").in(status));

        assertThat(other.refused(AwsErrorType.INVALID_STATE, "CreateBackup", ALPHA))
                .isEqualTo("Cannot create a backup of server 'alpha': the server is in state " + status
                        + "; a backup needs RUNNING, HEALTHY or UNHEALTHY.");
        assertThat(other.account.manualBackups()).isZero();
    }

    @Test
    void the_limit_on_manual_backups_is_the_accounts_and_a_deleted_one_makes_room_once_it_is_gone() {
        var full = new ServiceUnderTest(
                Fleet.of(FleetServer.named("alpha"), FleetServer.named("bravo").withBackups(3, 1))
                        .limited(new Limits(10, 1)));
        var old = full.backupIds("{}").getFirst();
        full.call("DeleteBackup", "{'BackupId': '" + old + "'}");

        assertThat(full.refused(AwsErrorType.LIMIT_EXCEEDED, "CreateBackup", ALPHA))
                .isEqualTo("Cannot create a backup: the account has its 1 manual backups, the most that are allowed.");
        full.clock.move(Durations.DEFAULT.deletion());
        full.backUp("alpha");
    }

    @Test
    void two_backups_in_one_millisecond_have_different_ids() {
        var instant = new ServiceUnderTest(
                Fleet.of(FleetServer.named("alpha")).taking(Durations.DEFAULT.withBackup(Duration.ZERO)));

        assertThat(instant.backUp("alpha")).isEqualTo("alpha-20261120030000125");
        assertThat(instant.backUp("alpha")).isEqualTo("alpha-20261120030000126");
    }

    @Test
    void of_many_calls_at_once_for_one_server_one_succeeds() throws Exception {
        Callable<Boolean> call = () -> catchThrowable(() -> service.backUp("alpha")) == null;

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            assertThat(threads.invokeAll(Collections.nCopies(20, call)))
                    .extracting(Future::resultNow)
                    .containsOnlyOnce(true);
        }
        assertThat(service.account.manualBackups()).isEqualTo(2);
    }

    @Test
    void all_come_newest_first_or_those_of_one_server_or_a_single_one() {
        var bravo = service.backUp("bravo");
        service.clock.move(Duration.ofMillis(1));
        var alpha = service.backUp("alpha");

        assertThat(service.backupIds("{'MaxResults': 1}"))
                .as("there are no pages")
                .containsExactly(alpha, bravo, "alpha-20261119150000125", "alpha-20261119030000125");
        assertThat(service.backupIds("{'ServerName': 'bravo'}")).containsExactly(bravo);
        assertThat(service.backupIds("{'ServerName': 'nobody'}")).isEmpty();
        assertThat(service.backupIds("{'BackupId': '" + bravo + "', 'ServerName': 'bravo'}"))
                .containsExactly(bravo);
    }

    @Test
    void a_backup_ends_well_or_badly_as_planned_and_when_planned() {
        var good = service.backUp("alpha");
        var bad = service.backUp("bravo");
        var slow = service.backUp("charlie");

        service.clock.move(Durations.DEFAULT.backup());
        assertThat(status(good)).isEqualTo("OK ");
        assertThat(status(bad)).isEqualTo("FAILED " + NO_SPACE);
        assertThat(status(slow)).isEqualTo("IN_PROGRESS ");
    }

    @Test
    void faults_of_the_input_are_reported_together() {
        assertThat(service.refused(
                        AwsErrorType.VALIDATION,
                        "DescribeBackups",
                        "{'BackupId': '!', 'ServerName': '?', 'MaxResults': 0}"))
                .isEqualTo("3 validation errors detected: Value '!' at 'backupId' failed to satisfy constraint: Member"
                        + " must satisfy regular expression pattern: [a-zA-Z][a-zA-Z0-9\\-\\.\\:]*; Value '?' at"
                        + " 'serverName' failed to satisfy constraint: Member must satisfy regular expression"
                        + " pattern: [a-zA-Z][a-zA-Z0-9\\-]*; Value '0' at 'maxResults' failed to satisfy"
                        + " constraint: Member must have value greater than or equal to 1");
    }

    @Test
    void a_deletion_is_under_way_for_a_while_and_is_not_begun_again() {
        assertThat(service.call("DeleteBackup", OLD)).isEmpty();
        assertThat(status("alpha-20261119030000125")).isEqualTo("DELETING ");
        assertThat(service.refused(AwsErrorType.INVALID_STATE, "DeleteBackup", OLD))
                .isEqualTo("Cannot delete backup 'alpha-20261119030000125': its deletion is already in progress.");

        service.clock.move(Durations.DEFAULT.deletion());
        service.refused(AwsErrorType.RESOURCE_NOT_FOUND, "DescribeBackups", OLD);
        service.refused(AwsErrorType.RESOURCE_NOT_FOUND, "DeleteBackup", OLD);
    }

    private String status(String id) {
        var backup =
                service.call("DescribeBackups", "{'BackupId': '" + id + "'}").at("/Backups/0");
        return backup.get("Status").textValue() + " "
                + backup.get("StatusDescription").textValue();
    }
}
