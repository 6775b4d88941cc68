package dev.serverbackup.local.opsworkscm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.local.fleet.Fleet;
import dev.serverbackup.local.fleet.FleetServer;
import dev.serverbackup.local.http.AwsErrorType;
import dev.serverbackup.local.opsworkscm.account.Durations;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DescribeBackupsTest {

    private static final String NO_SPACE = "No space left on device.";

    private final ServiceUnderTest service = new ServiceUnderTest(Fleet.of(
            FleetServer.named("alpha").withBackups(1, 1),
            FleetServer.named("bravo").whoseBackupsFail(NO_SPACE),
            FleetServer.named("charlie").whoseBackupsTake(Duration.ofHours(1))));

    @Test
    void all_backups_come_newest_first() {
        var bravo = service.backUp("bravo");
        service.clock.move(Duration.ofMillis(1));
        var alpha = service.backUp("alpha");

        assertThat(service.backupIds("{}"))
                .containsExactly(alpha, bravo, "alpha-20261119150000125", "alpha-20261119030000125");
    }

    @Test
    void those_of_one_server_can_be_asked_for() {
        service.backUp("bravo");

        assertThat(service.backupIds("{'ServerName': 'alpha'}")).hasSize(2).allMatch(id -> id.startsWith("alpha-"));
        assertThat(service.backupIds("{'ServerName': 'nobody'}")).isEmpty();
    }

    @Test
    void a_single_one_can_be_asked_for() {
        var id = service.backUp("bravo");

        assertThat(service.backupIds("{'BackupId': '" + id + "'}")).containsExactly(id);
        assertThat(service.backupIds("{'BackupId': '" + id + "', 'ServerName': 'bravo'}"))
                .containsExactly(id);
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
    void an_automated_backup_has_neither_a_description_nor_a_requester() {
        var automated =
                service.call("DescribeBackups", "{'ServerName': 'alpha'}").at("/Backups/1");

        assertThat(automated.get("BackupType").textValue()).isEqualTo("AUTOMATED");
        assertThat(automated.get("Description").textValue()).isEmpty();
        assertThat(automated.get("UserArn").textValue()).isEmpty();
    }

    @Test
    void a_new_backup_can_be_late_to_show() {
        service.account.showBackupsAfter(Duration.ofSeconds(2));
        var id = service.backUp("bravo");

        assertThat(service.backupIds("{'ServerName': 'bravo'}")).isEmpty();
        service.refused(AwsErrorType.RESOURCE_NOT_FOUND, "DescribeBackups", "{'BackupId': '" + id + "'}");
        assertThat(service.statusOf("bravo")).isEqualTo("BACKING_UP");

        service.clock.move(Duration.ofSeconds(2));
        assertThat(service.backupIds("{'ServerName': 'bravo'}")).containsExactly(id);
    }

    @Test
    void there_are_no_pages_so_any_token_is_foreign() {
        var one = service.call("DescribeBackups", "{'MaxResults': 1}");

        assertThat(one.get("Backups")).hasSize(2);
        assertThat(one.has("NextToken")).isFalse();
        service.refused(AwsErrorType.INVALID_NEXT_TOKEN, "DescribeBackups", "{'NextToken': 'x'}");
    }

    @Test
    void faults_of_the_input_are_told_together() {
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

    private String status(String id) {
        var backup =
                service.call("DescribeBackups", "{'BackupId': '" + id + "'}").at("/Backups/0");
        return backup.get("Status").textValue() + " "
                + backup.get("StatusDescription").textValue();
    }
}
