package dev.serverbackup.local.opsworkscm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.local.fleet.FleetServer;
import dev.serverbackup.local.http.ErrorType;
import dev.serverbackup.local.opsworkscm.account.Durations;
import dev.serverbackup.local.opsworkscm.account.ServerStatus;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** DeleteServer, UpdateServer, RestoreServer, StartMaintenance, UpdateServerEngineAttributes, DescribeEvents. */
class LifeOfServerTest {

    private static final String ALPHA = "{'ServerName': 'alpha'}";

    private final ServiceUnderTest service = ServiceUnderTest.of(
            FleetServer.named("alpha").withBackups(2, 1),
            FleetServer.named("bravo").in(ServerStatus.UNHEALTHY).whoseBackupsFail("No space left on device."),
            FleetServer.named("puppet").running("Puppet", "2019"));

    @Test
    void a_deleted_server_is_deleting_and_then_gone_with_its_automated_backups_and_events() {
        var manual = service.backUp("alpha");
        service.clock.pass(Durations.DEFAULT.backup());

        assertThat(service.call("DeleteServer", ALPHA)).isEmpty();
        assertThat(service.statusOf("alpha")).isEqualTo("DELETING");
        assertThat(service.refused(ErrorType.INVALID_STATE, "DeleteServer", ALPHA))
                .isEqualTo("Cannot delete server 'alpha': the server is in state DELETING;"
                        + " its deletion is already in progress.");
        service.clock.pass(Durations.DEFAULT.deletion());

        service.refused(ErrorType.RESOURCE_NOT_FOUND, "DescribeServers", ALPHA);
        service.refused(ErrorType.RESOURCE_NOT_FOUND, "DescribeEvents", ALPHA);
        assertThat(service.backupIds(ALPHA)).containsExactly(manual, "alpha-20261119150000125");
    }

    @Test
    void a_server_at_work_is_not_deleted_and_the_words_are_the_real_services() {
        service.backUp("alpha");

        assertThat(service.refused(ErrorType.VALIDATION, "DeleteServer", ALPHA))
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
    @ValueSource(ints = {0, -1, 31})
    void a_retention_count_is_1_to_30(int count) {
        assertThat(service.refused(
                        ErrorType.VALIDATION,
                        "UpdateServer",
                        "{'ServerName': 'alpha', 'BackupRetentionCount': " + count + "}"))
                .contains("BackupRetentionCount " + count + " is not valid");
    }

    @Test
    void a_backup_under_way_keeps_the_server_from_being_changed() {
        service.backUp("alpha");

        service.refused(ErrorType.INVALID_STATE, "UpdateServer", ALPHA);
        service.refused(ErrorType.INVALID_STATE, "StartMaintenance", ALPHA);
    }

    @Test
    void maintenance_makes_a_backup_first_and_leaves_a_healthy_server() {
        var server = service.call("StartMaintenance", ALPHA).get("Server");

        assertThat(server.get("Status").textValue()).isEqualTo("UNDER_MAINTENANCE");
        var backup = service.call("DescribeBackups", ALPHA).at("/Backups/0");
        assertThat(backup.get("Status").textValue()).isEqualTo("IN_PROGRESS");
        assertThat(backup.get("BackupType").textValue()).isEqualTo("AUTOMATED");
        service.clock.pass(Durations.DEFAULT.backup());
        assertThat(service.statusOf("alpha")).isEqualTo("UNDER_MAINTENANCE");
        service.clock.pass(Durations.DEFAULT.maintenance());

        var after = service.call("DescribeServers", ALPHA).at("/Servers/0");
        assertThat(after.get("Status").textValue()).isEqualTo("HEALTHY");
        assertThat(after.get("MaintenanceStatus").textValue()).isEqualTo("SUCCESS");
    }

    @Test
    void maintenance_whose_backup_fails_has_failed_and_leaves_the_server_as_it_was() {
        service.call("StartMaintenance", "{'ServerName': 'bravo'}");
        service.clock.pass(Duration.ofMinutes(1));

        var after = service.call("DescribeServers", "{'ServerName': 'bravo'}").at("/Servers/0");
        assertThat(after.get("Status").textValue()).isEqualTo("UNHEALTHY");
        assertThat(after.get("MaintenanceStatus").textValue()).isEqualTo("FAILED");
        assertThat(after.get("StatusReason").textValue()).isEqualTo("Maintenance failed: No space left on device.");
    }

    @Test
    void chef_automate_1_is_upgraded_once_it_has_had_maintenance() {
        var old = ServiceUnderTest.of(FleetServer.named("alpha").running("ChefAutomate", "12"));
        var upgrade = "{'ServerName': 'alpha', 'EngineAttributes': [{'Name': 'CHEF_MAJOR_UPGRADE', 'Value': 'true'}]}";
        assertThat(old.refused(ErrorType.VALIDATION, "StartMaintenance", upgrade))
                .contains("cannot be upgraded");
        old.call("StartMaintenance", ALPHA);
        old.clock.pass(Duration.ofMinutes(1));

        assertThat(old.call("DescribeServers", ALPHA)
                        .at("/Servers/0/EngineAttributes/0/Name")
                        .textValue())
                .isEqualTo("CHEF_MAJOR_UPGRADE_AVAILABLE");
        old.call("StartMaintenance", upgrade);
        old.clock.pass(Duration.ofMinutes(1));
        var after = old.call("DescribeServers", ALPHA).at("/Servers/0");
        assertThat(after.get("EngineVersion").textValue()).isEqualTo("2");
        assertThat(after.get("EngineAttributes")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"CONNECTION_LOST", "HEALTHY", "RUNNING", "UNHEALTHY", "TERMINATED"})
    void a_restored_server_is_restoring_and_then_healthy(ServerStatus status) {
        var broken = ServiceUnderTest.of(FleetServer.named("alpha").in(status).withBackups(1, 0));
        var restored = broken.call(
                        "RestoreServer",
                        "{'ServerName': 'alpha', 'BackupId': 'alpha-20261119030000125', 'InstanceType': 'r5.xlarge',"
                                + " 'KeyPair': 'new'}")
                .get("Server");

        assertThat(restored.get("Status").textValue()).isEqualTo("RESTORING");
        assertThat(restored.get("InstanceType").textValue()).isEqualTo("r5.xlarge");
        assertThat(restored.get("KeyPair").textValue()).isEqualTo("new");
        broken.clock.pass(Durations.DEFAULT.restoration());
        assertThat(broken.statusOf("alpha")).isEqualTo("HEALTHY");
    }

    @ParameterizedTest
    @ValueSource(strings = {"m4.large", "t2.medium", "c3.large", "m5.large", "r5.xlarge", "r5.2xlarge"})
    void an_instance_type_is_of_the_documented_format_or_one_of_the_documented_values(String type) {
        service.call("RestoreServer", restoration("alpha", type));
    }

    @Test
    void another_instance_type_another_engine_and_an_unfinished_backup_are_refused() {
        service.refused(ErrorType.VALIDATION, "RestoreServer", restoration("alpha", "x1.large"));
        service.refused(ErrorType.VALIDATION, "RestoreServer", restoration("puppet", "m5.large"));
        var unfinished = service.backUp("puppet");
        service.refused(
                ErrorType.INVALID_STATE, "RestoreServer", "{'ServerName': 'alpha', 'BackupId': '" + unfinished + "'}");
    }

    @Test
    void an_engine_attribute_is_repeated_in_the_answer_and_kept_nowhere() {
        var input = "{'ServerName': '%s', 'AttributeName': '%s', 'AttributeValue': '%s'}";
        var modified = service.call("UpdateServerEngineAttributes", input.formatted("alpha", "CHEF_PIVOTAL_KEY", "k"));

        assertThat(modified.at("/Server/Status").textValue()).isEqualTo("MODIFYING");
        assertThat(modified.at("/Server/EngineAttributes/0/Value").textValue()).isEqualTo("k");
        service.refused(
                ErrorType.INVALID_STATE,
                "UpdateServerEngineAttributes",
                input.formatted("alpha", "CHEF_PIVOTAL_KEY", "k"));
        service.clock.pass(Durations.DEFAULT.modification());
        assertThat(service.statusOf("alpha")).isEqualTo("HEALTHY");
        assertThat(service.call("DescribeServers", ALPHA).at("/Servers/0/EngineAttributes"))
                .isEmpty();
        service.refused(
                ErrorType.VALIDATION,
                "UpdateServerEngineAttributes",
                input.formatted("puppet", "CHEF_PIVOTAL_KEY", "k"));
        service.refused(
                ErrorType.VALIDATION,
                "UpdateServerEngineAttributes",
                "{'ServerName': 'alpha', 'AttributeName': 'CHEF_PIVOTAL_KEY'}");
    }

    @Test
    void events_come_newest_first_and_in_pages_if_asked_to() {
        var id = service.backUp("alpha");
        service.clock.pass(Durations.DEFAULT.backup());
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
                ErrorType.INVALID_NEXT_TOKEN,
                "DescribeEvents",
                "{'ServerName': 'bravo', 'NextToken': '" + token + "'}");
    }

    @Test
    void a_new_server_tells_its_credentials_once() {
        var created = service.call("CreateServer", """
            {'ServerName': 'new', 'Engine': 'ChefAutomate', 'InstanceType': 'm5.large',
             'InstanceProfileArn': 'arn:aws:iam::123456789012:instance-profile/p',
             'ServiceRoleArn': 'arn:aws:iam::123456789012:role/r'}\
            """).get("Server");

        assertThat(created.get("EngineAttributes").findValuesAsText("Name"))
                .containsExactly("CHEF_AUTOMATE_PIVOTAL_KEY", "CHEF_STARTER_KIT", "CHEF_AUTOMATE_ADMIN_PASSWORD");
        assertThat(service.call("DescribeServers", "{'ServerName': 'new'}").at("/Servers/0/EngineAttributes"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'Name': 'CHEF_AUTOMATE_ADMIN_PASSWORD', 'Value': 'too-weak'}",
                "{'Name': 'PUPPET_ADMIN_PASSWORD', 'Value': 'other engine'}",
                "{'Name': 'UNKNOWN', 'Value': ''}"
            })
    void an_engine_attribute_that_breaks_a_rule_is_a_validation_error(String attribute) {
        service.refused(ErrorType.VALIDATION, "CreateServer", """
            {'ServerName': 'new', 'Engine': 'ChefAutomate', 'InstanceType': 'm5.large',
             'InstanceProfileArn': 'arn:aws:iam::123456789012:instance-profile/p',
             'ServiceRoleArn': 'arn:aws:iam::123456789012:role/r', 'EngineAttributes': [%s]}\
            """.formatted(attribute));
    }

    private static String restoration(String serverName, String instanceType) {
        return "{'ServerName': '%s', 'BackupId': 'alpha-20261119030000125', 'InstanceType': '%s'}"
                .formatted(serverName, instanceType);
    }
}
