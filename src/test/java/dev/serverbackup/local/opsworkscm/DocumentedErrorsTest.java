package dev.serverbackup.local.opsworkscm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.local.fleet.Fleet;
import dev.serverbackup.local.fleet.FleetServer;
import dev.serverbackup.local.http.AwsErrorType;
import dev.serverbackup.local.opsworkscm.account.DeterministicIds;
import dev.serverbackup.local.opsworkscm.account.Limits;
import dev.serverbackup.local.opsworkscm.account.ServerStatus;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import software.amazon.awssdk.services.opsworkscm.OpsWorksCmClient;
import software.amazon.awssdk.services.opsworkscm.model.OpsWorksCmException;

/** Every error that the API's model declares for an operation is met at least once, and one that is common to all. */
class DocumentedErrorsTest {
    private static final String NEW = """
        {'ServerName': '%s', 'Engine': 'Puppet', 'InstanceType': 'm5.large', \
        'InstanceProfileArn': 'arn:aws:iam::123456789012:instance-profile/p', \
        'ServiceRoleArn': 'arn:aws:iam::123456789012:role/r'%s}\
        """;

    /** Beside the error of an input that lacks what the operation requires. */
    private static final String CASES = """
        AssociateNode                 | INVALID_STATE           | {'ServerName': 'locked', 'NodeName': 'n', 'EngineAttributes': []}
        AssociateNode                 | RESOURCE_NOT_FOUND      | {'ServerName': 'nobody', 'NodeName': 'n', 'EngineAttributes': []}
        CreateBackup                  | INVALID_STATE           | {'ServerName': 'locked'}
        CreateBackup                  | LIMIT_EXCEEDED          | {'ServerName': 'healthy'}
        CreateBackup                  | RESOURCE_NOT_FOUND      | {'ServerName': 'nobody'}
        CreateServer                  | LIMIT_EXCEEDED          | NEW
        CreateServer                  | RESOURCE_ALREADY_EXISTS | NEW-healthy
        CreateServer                  | RESOURCE_NOT_FOUND      | NEW-of-no-backup
        DeleteBackup                  | INVALID_STATE           | {'BackupId': 'locked-20261120030000125'}
        DeleteBackup                  | RESOURCE_NOT_FOUND      | {'BackupId': 'x'}
        DeleteServer                  | INVALID_STATE           | {'ServerName': 'deleting'}
        DeleteServer                  | RESOURCE_NOT_FOUND      | {'ServerName': 'nobody'}
        DescribeBackups               | RESOURCE_NOT_FOUND      | {'BackupId': 'x'}
        DescribeBackups               | INVALID_NEXT_TOKEN      | {'NextToken': 'x'}
        DescribeBackups               | VALIDATION              | {'MaxResults': 0}
        DescribeEvents                | RESOURCE_NOT_FOUND      | {'ServerName': 'nobody'}
        DescribeEvents                | INVALID_NEXT_TOKEN      | {'ServerName': 'healthy', 'NextToken': 'x'}
        DescribeNodeAssociationStatus | RESOURCE_NOT_FOUND      | {'ServerName': 'healthy', 'NodeAssociationStatusToken': 'x'}
        DescribeServers               | RESOURCE_NOT_FOUND      | {'ServerName': 'nobody'}
        DescribeServers               | INVALID_NEXT_TOKEN      | {'NextToken': 'x'}
        DescribeServers               | VALIDATION              | {'ServerName': ''}
        DisassociateNode              | INVALID_STATE           | {'ServerName': 'locked', 'NodeName': 'n'}
        DisassociateNode              | RESOURCE_NOT_FOUND      | {'ServerName': 'nobody', 'NodeName': 'n'}
        ExportServerEngineAttribute   | INVALID_STATE           | {'ServerName': 'deleting', 'ExportAttributeName': 'Userdata'}
        ExportServerEngineAttribute   | RESOURCE_NOT_FOUND      | {'ServerName': 'nobody', 'ExportAttributeName': 'Userdata'}
        ListTagsForResource           | RESOURCE_NOT_FOUND      | {'ResourceArn': 'ARN-nobody'}
        RestoreServer                 | INVALID_STATE           | {'ServerName': 'locked', 'BackupId': 'healthy-20261119150000125'}
        RestoreServer                 | RESOURCE_NOT_FOUND      | {'ServerName': 'healthy', 'BackupId': 'x'}
        StartMaintenance              | INVALID_STATE           | {'ServerName': 'locked'}
        StartMaintenance              | RESOURCE_NOT_FOUND      | {'ServerName': 'nobody'}
        TagResource                   | RESOURCE_NOT_FOUND      | {'ResourceArn': 'ARN-nobody', 'Tags': []}
        TagResource                   | INVALID_STATE           | {'ResourceArn': 'ARN-deleting', 'Tags': []}
        UntagResource                 | RESOURCE_NOT_FOUND      | {'ResourceArn': 'ARN-nobody', 'TagKeys': []}
        UntagResource                 | INVALID_STATE           | {'ResourceArn': 'ARN-deleting', 'TagKeys': []}
        UpdateServer                  | INVALID_STATE           | {'ServerName': 'locked'}
        UpdateServer                  | RESOURCE_NOT_FOUND      | {'ServerName': 'nobody'}
        UpdateServerEngineAttributes  | INVALID_STATE           | {'ServerName': 'locked', 'AttributeName': 'CHEF_PIVOTAL_KEY'}
        UpdateServerEngineAttributes  | RESOURCE_NOT_FOUND      | {'ServerName': 'nobody', 'AttributeName': 'CHEF_PIVOTAL_KEY'}
        """;

    private static final FleetServer[] FLEET = {
        FleetServer.named("healthy").withBackups(0, 1),
        FleetServer.named("locked").in(ServerStatus.BACKING_UP),
        FleetServer.named("deleting").in(ServerStatus.DELETING)
    };

    record Met(String operation, AwsErrorType error, String input) {}

    static final List<Met> MET =
            CASES.lines().flatMap(DocumentedErrorsTest::met).distinct().toList();

    private static Stream<Met> met(String line) {
        String[] parts = line.split(" *\\| ", 3);
        var met = new Met(parts[0], AwsErrorType.valueOf(parts[1]), input(parts[2]));
        return parts[0].matches("Describe(Backups|Servers)")
                ? Stream.of(met)
                : Stream.of(met, new Met(parts[0], AwsErrorType.VALIDATION, "{}"));
    }

    private static String input(String input) {
        return switch (input) {
            case "NEW" -> NEW.formatted("new", "");
            case "NEW-healthy" -> NEW.formatted("healthy", "");
            case "NEW-of-no-backup" -> NEW.formatted("new", ", 'BackupId': 'x'");
            default -> input.replace("ARN-nobody", arn("nobody")).replace("ARN-deleting", arn("deleting"));
        };
    }

    private static String arn(String name) {
        return "arn:aws:opsworks-cm:us-east-1:123456789012:server/" + name + "/"
                + DeterministicIds.from(name).uuid();
    }

    @ParameterizedTest
    @FieldSource("MET")
    void it_is_met(Met met) {
        var servers = met.error() == AwsErrorType.LIMIT_EXCEEDED ? 3 : 4;
        var service = new ServiceUnderTest(Fleet.of(FLEET).limited(new Limits(servers, 1)));

        assertThat(service.refused(met.error(), met.operation(), met.input())).isNotBlank();
    }

    @Test
    void these_are_all_that_the_model_declares() {
        assertThat(MET.stream()
                        .map(each -> each.operation() + " " + each.error().shape()))
                .containsExactlyInAnyOrderElementsOf(Stream.of(OpsWorksCmClient.class.getMethods())
                        .filter(method -> method.getReturnType().getSimpleName().endsWith("Response"))
                        .flatMap(method -> Stream.of(method.getExceptionTypes())
                                .filter(type -> type.getSuperclass() == OpsWorksCmException.class)
                                .map(type ->
                                        Character.toUpperCase(method.getName().charAt(0))
                                                + method.getName().substring(1) + " " + type.getSimpleName()))
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void all_operations_share_one_burst_and_one_rate() {
        var service = new ServiceUnderTest(Fleet.of());
        service.throttle.allow(5, 10);
        // It fills up, and no further.
        service.clock.move(Duration.ofHours(1));
        for (var n = 0; n < 5; n++) {
            service.call("DescribeServers", "{}");
            service.call("DescribeBackups", "{}");
        }

        assertThat(service.refused(AwsErrorType.THROTTLING, "DescribeBackups", "{}"))
                .isEqualTo("Rate exceeded");
        service.clock.move(Duration.ofMillis(200));
        service.call("DescribeBackups", "{}");
        service.refused(AwsErrorType.THROTTLING, "DescribeServers", "{}");
    }
}
