package dev.serverbackup.local.opsworkscm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.local.http.AwsErrorType;
import dev.serverbackup.local.opsworkscm.account.Durations;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** DeleteServer, UpdateServer, DescribeEvents. */
class LifeOfServerTest {

    private static final String ALPHA = "{'ServerName': 'alpha'}";

    private final ServiceUnderTest service = ServiceUnderTest.ofAlphaBravoAndPuppet();

    @Test
    void a_deleted_server_is_deleting_and_then_gone_with_its_automated_backups_and_events() {
        var manual = service.backUp("alpha");
        service.clock.move(Durations.DEFAULT.backup());

        assertThat(service.call("DeleteServer", ALPHA)).isEmpty();
        assertThat(service.statusOf("alpha")).isEqualTo("DELETING");
        assertThat(service.refused(AwsErrorType.INVALID_STATE, "DeleteServer", ALPHA))
                .isEqualTo("Cannot delete server 'alpha': the server is in state DELETING;"
                        + " its deletion is already in progress.");
        service.clock.move(Durations.DEFAULT.deletion());

        service.refused(AwsErrorType.RESOURCE_NOT_FOUND, "DescribeServers", ALPHA);
        service.refused(AwsErrorType.RESOURCE_NOT_FOUND, "DescribeEvents", ALPHA);
        assertThat(service.backupIds(ALPHA)).containsExactly(manual, "alpha-20261119150000125");
    }

    @Test
    void a_server_at_work_is_not_deleted_and_the_words_are_the_real_services() {
        service.backUp("alpha");

        assertThat(service.refused(AwsErrorType.VALIDATION, "DeleteServer", ALPHA))
                .isEqualTo("Cannot delete the server 'alpha'."
                        + " The current operation on the server is still in progress.");
    }

    @Test
    void an_update_takes_effect_at_once_and_leaves_the_rest() {
        var before = service.call("DescribeServers", ALPHA).at("/Servers/0");
        var after = service.call(
                        "UpdateServer",
                        "{'ServerName': 'alpha', 'DisableAutomatedBackup': true, 'PreferredMaintenanceWindow':"
                                + " '18:15'}")
                .get("Server");

        assertThat(after.get("DisableAutomatedBackup").booleanValue()).isTrue();
        assertThat(after.get("PreferredMaintenanceWindow").textValue()).isEqualTo("18:15");
        assertThat(after.get("PreferredBackupWindow")).isEqualTo(before.get("PreferredBackupWindow"));
        assertThat(after.get("BackupRetentionCount")).isEqualTo(before.get("BackupRetentionCount"));
        assertThat(service.call("DescribeServers", ALPHA).at("/Servers/0")).isEqualTo(after);
    }

    @ParameterizedTest
    @CsvSource({
        "0,  at least 1 automated backup is kept",
        "-1, at least 1 automated backup is kept",
        "31, at most 30 automated backups are kept"
    })
    void a_retention_count_is_1_to_30(int count, String allowed) {
        assertThat(service.refused(
                        AwsErrorType.VALIDATION,
                        "UpdateServer",
                        "{'ServerName': 'alpha', 'BackupRetentionCount': " + count + "}"))
                .isEqualTo("1 validation error detected: BackupRetentionCount " + count + " is not valid; " + allowed);
    }

    @Test
    void events_come_newest_first_and_in_pages_if_asked_to() {
        var id = service.backUp("alpha");
        service.clock.move(Durations.DEFAULT.backup());
        service.call("StartMaintenance", ALPHA);

        var first = service.call("DescribeEvents", "{'ServerName': 'alpha', 'MaxResults': 3}");
        var token = first.get("NextToken").textValue();
        var second = service.call("DescribeEvents", "{'ServerName': 'alpha', 'NextToken': '" + token + "'}");

        assertThat(service.messages("alpha"))
                .containsExactly(
                        "Automated backup alpha-20261120030010125 started.",
                        "Maintenance started.",
                        "Backup " + id + " finished.",
                        "Manual backup " + id + " started.");
        assertThat(first.get("ServerEvents")).hasSize(3);
        assertThat(second.get("ServerEvents")).hasSize(1);
        assertThat(second.has("NextToken")).isFalse();
        service.refused(
                AwsErrorType.INVALID_NEXT_TOKEN,
                "DescribeEvents",
                "{'ServerName': 'bravo', 'NextToken': '" + token + "'}");
    }
}
