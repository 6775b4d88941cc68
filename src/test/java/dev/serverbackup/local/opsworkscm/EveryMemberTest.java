package dev.serverbackup.local.opsworkscm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serverbackup.local.fleet.Fleet;
import dev.serverbackup.local.http.AwsErrorType;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.opsworkscm.OpsWorksCmClient;
import software.amazon.awssdk.services.opsworkscm.model.Backup;
import software.amazon.awssdk.services.opsworkscm.model.Server;
import software.amazon.awssdk.services.opsworkscm.model.ServerEvent;

/** Held against the SDK, which AWS generated from the API's model: every operation, and every member of each. */
class EveryMemberTest {

    private final ServiceUnderTest service = new ServiceUnderTest(Fleet.of());

    @Test
    void every_operation_is_there() {
        assertThat(new TreeSet<>(service.service.operations()))
                .isEqualTo(operations().collect(Collectors.toCollection(TreeSet::new)))
                .hasSize(19);
    }

    @ParameterizedTest
    @MethodSource("operations")
    void every_input_member_is_read_and_must_have_its_type(String operation) throws ReflectiveOperationException {
        for (var member : members(pojo(operation + "Request"))) {
            var input = "{'%s': {'of': 'no such type'}}".formatted(member);

            assertThat(service.refused(AwsErrorType.SERIALIZATION, operation, input))
                    .as(member)
                    .contains(Character.toLowerCase(member.charAt(0)) + member.substring(1));
        }
    }

    @Test
    void a_server_a_backup_and_an_event_have_every_member_that_is_still_in_use_and_no_other() {
        var custom = ServiceUnderTest.custom("chef.example.com");
        var created = service.call("CreateServer", """
            {'ServerName': 'new', 'Engine': 'ChefAutomate', 'InstanceType': 'm5.large', 'KeyPair': 'k',
             'InstanceProfileArn': 'arn:aws:iam::123456789012:instance-profile/p',
             'ServiceRoleArn': 'arn:aws:iam::123456789012:role/r',
             'CustomDomain': '%s', 'CustomCertificate': '%s', 'CustomPrivateKey': '%s'}\
            """.formatted(
                        custom.domain(),
                        custom.certificate().replace("\n", "\\n"),
                        custom.privateKey().replace("\n", "\\n")));
        service.clock.move(Duration.ofMinutes(1));
        var backup = service.call("CreateBackup", "{'ServerName': 'new'}").get("Backup");
        service.clock.move(Duration.ofMinutes(1));
        service.account.script().backupsFail("new", "No space left on device.");
        service.call("StartMaintenance", "{'ServerName': 'new'}");
        service.clock.move(Duration.ofMinutes(1));
        var failed = service.call("DescribeServers", "{'ServerName': 'new'}").at("/Servers/0");

        assertThat(names(created.get("Server"), failed)).isEqualTo(members(Server.builder()));
        assertThat(Stream.concat(names(backup).stream(), Stream.of("S3DataSize", "S3DataUrl")))
                .containsExactlyInAnyOrderElementsOf(members(Backup.builder()));
        assertThat(names(service.call("DescribeEvents", "{'ServerName': 'new'}").at("/ServerEvents/0")))
                .isEqualTo(members(ServerEvent.builder()));
    }

    static Stream<String> operations() {
        return Stream.of(OpsWorksCmClient.class.getMethods())
                .filter(method -> method.getReturnType().getSimpleName().endsWith("Response"))
                .map(method -> Character.toUpperCase(method.getName().charAt(0))
                        + method.getName().substring(1))
                .distinct()
                .sorted();
    }

    private static SdkPojo pojo(String shape) throws ReflectiveOperationException {
        var type = Class.forName(Server.class.getPackageName() + "." + shape);
        return (SdkPojo) type.getMethod("builder").invoke(null);
    }

    private static Set<String> members(SdkPojo shape) {
        return shape.sdkFields().stream().map(SdkField::locationName).collect(Collectors.toSet());
    }

    private static Set<String> names(JsonNode... structures) {
        return Stream.of(structures)
                .flatMap(structure -> structure.properties().stream())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }
}
