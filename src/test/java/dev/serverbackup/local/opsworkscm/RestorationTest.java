package dev.serverbackup.local.opsworkscm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.local.fleet.FleetServer;
import dev.serverbackup.local.http.AwsErrorType;
import dev.serverbackup.local.opsworkscm.account.Durations;
import dev.serverbackup.local.opsworkscm.account.ServerStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RestoreServer. */
class RestorationTest {

    private final ServiceUnderTest service = ServiceUnderTest.ofAlphaBravoAndPuppet();

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

    @ParameterizedTest
    @ValueSource(strings = {"m4.large", "t2.medium", "c3.large", "m5.large", "r5.xlarge", "r5.2xlarge"})
    void an_instance_type_is_of_the_documented_format_or_one_of_the_documented_values(String type) {
        service.call("RestoreServer", restoration("alpha", type));
    }

    @Test
    void another_instance_type_another_engine_and_an_unfinished_backup_are_refused() {
        service.refused(AwsErrorType.VALIDATION, "RestoreServer", restoration("alpha", "x1.large"));
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
}
