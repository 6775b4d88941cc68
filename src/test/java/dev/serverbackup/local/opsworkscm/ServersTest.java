package dev.serverbackup.local.opsworkscm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.local.fleet.Fleet;
import dev.serverbackup.local.fleet.FleetServer;
import dev.serverbackup.local.http.AwsErrorType;
import dev.serverbackup.local.opsworkscm.account.Durations;
import dev.serverbackup.local.opsworkscm.account.Limits;
import dev.serverbackup.local.opsworkscm.account.ServerStatus;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** CreateServer, DescribeServers, DescribeAccountAttributes. */
class ServersTest {

    private static final String NEW_SERVER = """
        {'ServerName': 'new', 'Engine': 'Puppet', 'InstanceType': 'm5.large',
         'InstanceProfileArn': 'arn:aws:iam::123456789012:instance-profile/p',
         'ServiceRoleArn': 'arn:aws:iam::123456789012:role/r'\
        """;

    private final ServiceUnderTest service = new ServiceUnderTest(Fleet.of(
                    FleetServer.named("alpha").running("Puppet", "2019").withBackups(0, 2),
                    FleetServer.named("locked").in(ServerStatus.BACKING_UP, Duration.ofMinutes(2)))
            .limited(new Limits(3, 50)));

    @Test
    void a_new_server_is_creating_and_then_healthy() {
        var server = service.call("CreateServer", NEW_SERVER + "}").get("Server");

        assertThat(server.get("Status").textValue()).isEqualTo("CREATING");
        assertThat(server.get("ServerArn").textValue())
                .matches("arn:aws:opsworks-cm:us-east-1:123456789012:server/new/[0-9a-f-]{36}");
        service.refused(AwsErrorType.INVALID_STATE, "CreateBackup", "{'ServerName': 'new'}");
        service.clock.move(Durations.DEFAULT.creation());
        assertThat(service.statusOf("new")).isEqualTo("HEALTHY");
        service.backUp("new");
    }

    @Test
    void what_a_request_leaves_open_has_the_documented_defaults() {
        var server = service.call("CreateServer", NEW_SERVER + "}").get("Server");

        assertThat(server.get("AssociatePublicIpAddress").booleanValue()).isTrue();
        assertThat(server.get("DisableAutomatedBackup").booleanValue()).isFalse();
        assertThat(server.get("BackupRetentionCount").intValue()).isEqualTo(1);
        assertThat(server.get("EngineModel").textValue()).isEqualTo("Monolithic");
        assertThat(server.get("PreferredMaintenanceWindow").textValue()).matches("(Tue|Wed|Fri):([01][0-9]|2[0-3]):00");
        assertThat(server.get("PreferredBackupWindow").textValue()).matches("([01][0-9]|2[0-3]):00");
        assertThat(server.has("KeyPair")).isFalse();
        assertThat(server.has("Tags")).isFalse();
    }

    @Test
    void a_new_server_can_begin_with_a_good_backup_only() {
        service.refused(AwsErrorType.RESOURCE_NOT_FOUND, "CreateServer", NEW_SERVER + ", 'BackupId': 'alpha-1'}");
        var unfinished = service.backUp("alpha");
        service.refused(
                AwsErrorType.RESOURCE_NOT_FOUND,
                "CreateServer",
                NEW_SERVER + ", 'BackupId': '%s'}".formatted(unfinished));
        service.clock.move(Durations.DEFAULT.backup());
        service.call("CreateServer", NEW_SERVER + ", 'BackupId': '%s'}".formatted(unfinished));
    }

    @Test
    void everything_required_is_told_to_be_missing_at_once() {
        assertThat(service.refused(AwsErrorType.VALIDATION, "CreateServer", "{}"))
                .isEqualTo("5 validation errors detected: "
                        + Stream.of("engine", "serverName", "instanceProfileArn", "instanceType", "serviceRoleArn")
                                .map(
                                        "Value null at '%s' failed to satisfy constraint: Member must not be null"
                                                ::formatted)
                                .collect(Collectors.joining("; ")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'Engine': 'Ansible'",
                "'EngineModel': 'Single'",
                "'BackupRetentionCount': 0",
                "'PreferredBackupWindow': '24:00'",
                "'PreferredMaintenanceWindow': 'Mo:10:00'",
                "'CustomDomain': 'example.com'",
                "'CustomDomain': 'no domain'",
                "'KeyPair': 'two\\nlines'",
                "'BackupId': '-'",
                "'Tags': [{'Key': '', 'Value': ''}]",
                "'EngineAttributes': [{'Name': 'A', 'Value': '<too long>'}]"
            })
    void a_member_that_fails_its_constraint_is_a_validation_error(String member) {
        var input = member.replace("'<too long>'", "'" + "x".repeat(10_001) + "'");

        service.refused(AwsErrorType.VALIDATION, "CreateServer", NEW_SERVER + ", " + input + "}");
    }

    @Test
    void one_server_or_all_can_be_asked_for() {
        assertThat(service.call("DescribeServers", "{}").get("Servers")).hasSize(2);
        assertThat(service.call("DescribeServers", "{'ServerName': 'alpha'}").get("Servers"))
                .hasSize(1);
        service.refused(AwsErrorType.RESOURCE_NOT_FOUND, "DescribeServers", "{'ServerName': 'nobody'}");
        service.refused(AwsErrorType.INVALID_NEXT_TOKEN, "DescribeServers", "{'NextToken': ''}");
        service.refused(AwsErrorType.VALIDATION, "DescribeServers", "{'ServerName': ''}");
    }

    @Test
    void a_server_that_begins_locked_has_an_automated_backup_in_progress() {
        assertThat(service.statusOf("locked")).isEqualTo("BACKING_UP");
        var backup = service.call("DescribeBackups", "{'ServerName': 'locked'}").at("/Backups/0");
        assertThat(backup.get("BackupType").textValue()).isEqualTo("AUTOMATED");
        assertThat(backup.get("Status").textValue()).isEqualTo("IN_PROGRESS");

        service.clock.move(Duration.ofMinutes(2));
        assertThat(service.statusOf("locked")).isEqualTo("HEALTHY");
    }

    @Test
    void the_account_tells_its_limits_and_what_is_used() {
        service.backUp("alpha");

        assertThat(service.call("DescribeAccountAttributes", "{}").toString())
                .isEqualTo("{'Attributes':[{'Name':'ServerLimit','Maximum':3,'Used':2},".replace('\'', '"')
                        + "{'Name':'ManualBackupLimit','Maximum':50,'Used':3}]}".replace('\'', '"'));
    }
}
