package dev.serverbackup.local.opsworkscm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.local.fleet.Fleet;
import dev.serverbackup.local.fleet.FleetServer;
import dev.serverbackup.local.http.AwsError;
import dev.serverbackup.local.http.AwsErrorType;
import dev.serverbackup.local.opsworkscm.account.Durations;
import dev.serverbackup.local.opsworkscm.account.Limits;
import dev.serverbackup.local.opsworkscm.account.ServerStatus;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CreateBackupTest {

    private static final String ALPHA = "{'ServerName': 'alpha'}";
    private static final Duration BACKUP_DURATION = Durations.DEFAULT.backup();

    private final ServiceUnderTest service =
            with(FleetServer.named("alpha").in(ServerStatus.UNHEALTHY), FleetServer.named("bravo"));

    @Test
    void the_answer_is_the_backup_in_progress_with_the_servers_attributes() {
        var backup = service.call("CreateBackup", "{'ServerName': 'alpha', 'Description': 'before 4711 [run x]'}")
                .get("Backup");

        assertThat(backup.get("BackupId").textValue()).isEqualTo("alpha-20261120030000125");
        assertThat(backup.get("BackupArn").textValue())
                .isEqualTo("arn:aws:opsworks-cm:us-east-1:123456789012:backup/alpha-20261120030000125");
        assertThat(backup.get("CreatedAt").decimalValue()).isEqualByComparingTo("1795143600.125");
        assertThat(backup.get("Description").textValue()).isEqualTo("before 4711 [run x]");
        assertThat(backup.get("BackupType").textValue()).isEqualTo("MANUAL");
        assertThat(backup.get("Status").textValue()).isEqualTo("IN_PROGRESS");
        assertThat(backup.get("UserArn").textValue()).startsWith("arn:aws:iam::123456789012:user/");
        var server = service.call("DescribeServers", ALPHA).at("/Servers/0");
        assertThat(backup.get("InstanceType")).isEqualTo(server.get("InstanceType"));
        assertThat(backup.get("SecurityGroupIds")).isEqualTo(server.get("SecurityGroupIds"));
        assertThat(backup.get("PreferredBackupWindow")).isEqualTo(server.get("PreferredBackupWindow"));
        assertThat(backup.has("Tags")).isFalse();
    }

    @Test
    void the_server_is_locked_until_the_backup_ends_and_then_as_before() {
        service.backUp("alpha");
        assertThat(service.statusOf("alpha")).isEqualTo("BACKING_UP");

        assertThat(service.refused(AwsErrorType.INVALID_STATE, "CreateBackup", ALPHA))
                .isEqualTo("Cannot create a backup of server 'alpha': the server is in state BACKING_UP;"
                        + " a backup needs RUNNING, HEALTHY or UNHEALTHY.");

        service.clock.move(BACKUP_DURATION.minusMillis(1));
        service.refused(AwsErrorType.INVALID_STATE, "CreateBackup", ALPHA);

        service.clock.move(Duration.ofMillis(1));
        assertThat(service.statusOf("alpha")).isEqualTo("UNHEALTHY");
        service.backUp("alpha");
    }

    @ParameterizedTest
    @EnumSource(
            value = ServerStatus.class,
            names = {"RUNNING", "HEALTHY", "UNHEALTHY"},
            mode = EnumSource.Mode.EXCLUDE)
    void a_server_in_any_other_state_is_refused(ServerStatus status) {
        var other = with(FleetServer.named("alpha").in(status));

        assertThat(other.refused(AwsErrorType.INVALID_STATE, "CreateBackup", ALPHA))
                .isEqualTo("Cannot create a backup of server 'alpha': the server is in state " + status
                        + "; a backup needs RUNNING, HEALTHY or UNHEALTHY.");
        assertThat(other.account.manualBackups()).isZero();
    }

    @Test
    void the_limit_on_manual_backups_is_the_accounts() {
        var full =
                new ServiceUnderTest(Fleet.of(FleetServer.named("alpha").withBackups(3, 1), FleetServer.named("bravo"))
                        .limited(new Limits(10, 2)));
        full.backUp("bravo");

        assertThat(full.refused(AwsErrorType.LIMIT_EXCEEDED, "CreateBackup", ALPHA))
                .isEqualTo("Cannot create a backup: the account has its 2 manual backups, the most that are allowed.");
    }

    @Test
    void a_deleted_backup_makes_room_once_it_is_gone() {
        var full = new ServiceUnderTest(
                Fleet.of(FleetServer.named("alpha").withBackups(0, 1)).limited(new Limits(10, 1)));
        var old = full.backupIds("{}").getFirst();

        full.call("DeleteBackup", "{'BackupId': '" + old + "'}");
        full.refused(AwsErrorType.LIMIT_EXCEEDED, "CreateBackup", ALPHA);
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
    void scripted_answers_come_first_and_one_after_the_other() {
        var scripted = with(FleetServer.named("alpha")
                .answering(
                        new AwsError(AwsErrorType.LIMIT_EXCEEDED, "full"),
                        new AwsError(AwsErrorType.VALIDATION, "wrong")));

        assertThat(scripted.refused(AwsErrorType.LIMIT_EXCEEDED, "CreateBackup", ALPHA))
                .isEqualTo("full");
        assertThat(scripted.refused(AwsErrorType.VALIDATION, "CreateBackup", ALPHA))
                .isEqualTo("wrong");
        scripted.backUp("alpha");
    }

    @ParameterizedTest
    @CsvSource({
        "1st,         satisfy regular expression pattern: [a-zA-Z][a-zA-Z0-9\\-]*",
        "under_score, satisfy regular expression pattern: [a-zA-Z][a-zA-Z0-9\\-]*",
        "dot.ted,     satisfy regular expression pattern: [a-zA-Z][a-zA-Z0-9\\-]*",
        "an-overlong-name-of-more-than-forty-chars, have length less than or equal to 40"
    })
    void a_name_outside_the_pattern_is_a_validation_error(String name, String constraint) {
        assertThat(service.refused(AwsErrorType.VALIDATION, "CreateBackup", "{'ServerName': '" + name + "'}"))
                .isEqualTo("1 validation error detected: Value '" + name
                        + "' at 'serverName' failed to satisfy constraint: Member must " + constraint);
    }

    private static ServiceUnderTest with(FleetServer... servers) {
        return new ServiceUnderTest(Fleet.of(servers));
    }
}
