package dev.serverbackup.local.opsworkscm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serverbackup.local.fleet.Fleet;
import dev.serverbackup.local.fleet.FleetServer;
import dev.serverbackup.local.http.AwsErrorType;
import dev.serverbackup.local.opsworkscm.account.Durations;
import dev.serverbackup.local.opsworkscm.account.Limits;
import dev.serverbackup.local.opsworkscm.account.ServerStatus;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The operations on a server, from its creation to its end. */
class ServersTest {
    private static final String ALPHA = "{'ServerName': 'alpha'}";
    private static final String NEW_SERVER = """
        {'ServerName': 'new', 'Engine': '%s', 'InstanceType': 'm5.large',
         'InstanceProfileArn': 'arn:aws:iam::123456789012:instance-profile/p',
         'ServiceRoleArn': 'arn:aws:iam::123456789012:role/r'\
        """;
    private static final String NEW_CHEF = NEW_SERVER.formatted("ChefAutomate");
    private static final String NEW_PUPPET = NEW_SERVER.formatted("Puppet");

    private final ServiceUnderTest service = new ServiceUnderTest(Fleet.of(
                    FleetServer.named("alpha").in(ServerStatus.UNHEALTHY).withBackups(2, 1),
                    FleetServer.named("bravo").in(ServerStatus.UNHEALTHY).whoseBackupsFail("No space left on device."),
                    FleetServer.named("puppet").running("Puppet", "2019"),
                    FleetServer.named("locked").in(ServerStatus.BACKING_UP, Duration.ofMinutes(2)))
            .limited(new Limits(5, 50)));

    private JsonNode server(String name) {
        return service.call("DescribeServers", "{'ServerName': '" + name + "'}").at("/Servers/0");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        CreateServer     | new   | CREATING          | 30 | HEALTHY
        CreateBackup     | alpha | BACKING_UP        | 10 | UNHEALTHY
        UpdateServerEngineAttributes | alpha | MODIFYING | 10 | UNHEALTHY
        StartMaintenance | alpha | UNDER_MAINTENANCE | 30 | HEALTHY
        StartMaintenance | bravo | UNDER_MAINTENANCE | 10 | UNHEALTHY
        """)
    void an_operation_holds_its_server_for_a_while(
            String operation, String name, String during, int seconds, String afterwards) {
        service.call(operation, operation.equals("CreateServer") ? NEW_PUPPET + "}" : attribute(name));

        assertThat(service.statusOf(name)).isEqualTo(during);
        service.refused(AwsErrorType.INVALID_STATE, "CreateBackup", "{'ServerName': '" + name + "'}");
        service.clock.move(Duration.ofSeconds(seconds).minusMillis(1));
        assertThat(service.statusOf(name)).isEqualTo(during);
        service.clock.move(Duration.ofMillis(1));
        assertThat(service.statusOf(name)).isEqualTo(afterwards);
        service.backUp(name);
    }

    private static String attribute(String server) {
        return "{'ServerName': '%s', 'AttributeName': 'CHEF_PIVOTAL_KEY', 'AttributeValue': 'k'}".formatted(server);
    }

    @Test
    void a_new_server_has_the_documented_defaults_and_tells_its_credentials_once() {
        var server = service.call("CreateServer", NEW_CHEF + "}").get("Server");

        assertThat(server.get("ServerArn").textValue())
                .matches("arn:aws:opsworks-cm:us-east-1:123456789012:server/new/[0-9a-f-]{36}");
        assertThat(server.get("AssociatePublicIpAddress").booleanValue()).isTrue();
        assertThat(server.get("DisableAutomatedBackup").booleanValue()).isFalse();
        assertThat(server.get("BackupRetentionCount").intValue()).isEqualTo(1);
        assertThat(server.get("EngineModel").textValue()).isEqualTo("Single");
        assertThat(server.get("PreferredMaintenanceWindow").textValue()).matches("(Tue|Wed|Fri):([01][0-9]|2[0-3]):00");
        assertThat(server.get("PreferredBackupWindow").textValue()).matches("([01][0-9]|2[0-3]):00");
        assertThat(server.has("KeyPair") || server.has("Tags")).isFalse();
        assertThat(server.get("EngineAttributes").findValuesAsText("Name"))
                .containsExactly("CHEF_AUTOMATE_PIVOTAL_KEY", "CHEF_STARTER_KIT", "CHEF_AUTOMATE_ADMIN_PASSWORD");
        assertThat(server("new").get("EngineAttributes")).isEmpty();
    }

    @Test
    void a_new_server_can_begin_with_a_good_backup_only() {
        var backup = service.backUp("puppet");
        var input = NEW_PUPPET + ", 'BackupId': '%s'}".formatted(backup);

        service.refused(AwsErrorType.RESOURCE_NOT_FOUND, "CreateServer", input);
        service.clock.move(Durations.DEFAULT.backup());
        service.call("CreateServer", input);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'Engine': 'Ansible'",
                "'EngineModel': 'Single'",
                "'BackupRetentionCount': 0",
                "'BackupRetentionCount': 31",
                "'PreferredBackupWindow': '24:00'",
                "'PreferredMaintenanceWindow': 'Mo:10:00'",
                "'CustomDomain': 'example.com'",
                "'CustomDomain': 'no domain'",
                "'KeyPair': 'two\\nlines'",
                "'BackupId': '-'",
                "'Tags': [{'Key': '', 'Value': ''}]",
                "'EngineAttributes': [{'Name': 'A', 'Value': '<too long>'}]",
                "'EngineAttributes': [{'Name': 'CHEF_AUTOMATE_ADMIN_PASSWORD', 'Value': 'too-weak'}]",
                "'EngineAttributes': [{'Name': 'PUPPET_ADMIN_PASSWORD', 'Value': 'other engine'}]",
                "'EngineAttributes': [{'Name': 'UNKNOWN', 'Value': ''}]"
            })
    void a_member_that_fails_its_constraint_is_a_validation_error(String member) {
        var input = member.replace("'<too long>'", "'" + "x".repeat(10_001) + "'");

        // An attribute is of an engine.
        var server = member.startsWith("'EngineAttributes'") ? NEW_CHEF : NEW_PUPPET;
        service.refused(AwsErrorType.VALIDATION, "CreateServer", server + ", " + input + "}");
    }

    @Test
    void the_account_tells_its_limits_and_what_is_used() {
        service.backUp("alpha");

        assertThat(service.call("DescribeAccountAttributes", "{}").toString())
                .isEqualTo("{'Attributes':[{'Name':'ServerLimit','Maximum':5,'Used':4},".replace('\'', '"')
                        + "{'Name':'ManualBackupLimit','Maximum':50,'Used':2}]}".replace('\'', '"'));
    }

    @Test
    void an_update_takes_effect_at_once_and_leaves_the_rest() {
        var before = server("alpha");

        var after = service.call(
                        "UpdateServer",
                        "{'ServerName': 'alpha', 'DisableAutomatedBackup': true, 'PreferredMaintenanceWindow':"
                                + " '18:15'}")
                .get("Server");
        assertThat(after.get("DisableAutomatedBackup").booleanValue()).isTrue();
        assertThat(after.get("PreferredMaintenanceWindow").textValue()).isEqualTo("18:15");
        assertThat(after.get("PreferredBackupWindow")).isEqualTo(before.get("PreferredBackupWindow"));
        assertThat(server("alpha")).isEqualTo(after);
    }

    @Test
    void an_engine_attribute_is_repeated_in_the_answer_and_kept_nowhere() {
        var modified = service.call("UpdateServerEngineAttributes", attribute("alpha"));

        assertThat(modified.at("/Server/EngineAttributes/0/Value").textValue()).isEqualTo("k");
        assertThat(server("alpha").get("EngineAttributes")).isEmpty();
        service.refused(AwsErrorType.VALIDATION, "UpdateServerEngineAttributes", attribute("puppet"));
    }

    @Test
    void maintenance_begins_with_a_backup_and_fails_with_it() {
        service.call("StartMaintenance", ALPHA);
        service.call("StartMaintenance", "{'ServerName': 'bravo'}");
        var backup = service.call("DescribeBackups", ALPHA).at("/Backups/0");
        assertThat(backup.get("Status").textValue()).isEqualTo("IN_PROGRESS");
        assertThat(backup.get("BackupType").textValue()).isEqualTo("AUTOMATED");

        service.clock.move(Duration.ofMinutes(1));
        assertThat(server("alpha").get("MaintenanceStatus").textValue()).isEqualTo("SUCCESS");
        assertThat(server("bravo").get("MaintenanceStatus").textValue()).isEqualTo("FAILED");
        assertThat(server("bravo").get("StatusReason").textValue())
                .isEqualTo("Maintenance failed: No space left on device.");
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
        old.call("StartMaintenance", upgrade);
        old.clock.move(Duration.ofMinutes(1));

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
        broken.clock.move(Durations.DEFAULT.restoration());
        assertThat(broken.statusOf("alpha")).isEqualTo("HEALTHY");
    }

    @Test
    void an_instance_type_is_of_the_documented_format_or_one_of_the_documented_values() {
        for (var type : List.of("m4.large", "t2.medium", "c3.large", "m5.large", "r5.xlarge", "r5.2xlarge")) {
            service.call("RestoreServer", restoration("alpha", type));
            service.clock.move(Durations.DEFAULT.restoration());
        }
        service.refused(AwsErrorType.VALIDATION, "RestoreServer", restoration("alpha", "x1.large"));
    }

    @Test
    void a_backup_of_another_engine_and_an_unfinished_one_are_not_restored() {
        service.refused(AwsErrorType.VALIDATION, "RestoreServer", restoration("puppet", "m5.large"));
        var unfinished = service.backUp("puppet");
        service.refused(
                AwsErrorType.INVALID_STATE,
                "RestoreServer",
                "{'ServerName': 'alpha', 'BackupId': '" + unfinished + "'}");
    }

    private static String restoration(String serverName, String instanceType) {
        return "{'ServerName': '%s', 'BackupId': 'alpha-20261119030000125', 'InstanceType': '%s'}"
                .formatted(serverName, instanceType);
    }

    @Test
    void a_deleted_server_is_deleting_and_then_gone_with_its_automated_backups_and_events() {
        var manual = service.backUp("alpha");
        assertThat(service.refused(AwsErrorType.VALIDATION, "DeleteServer", ALPHA))
                .as("the words are the real service's")
                .isEqualTo("Cannot delete the server 'alpha'."
                        + " The current operation on the server is still in progress.");
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
}
