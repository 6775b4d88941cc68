package dev.serverbackup.local.opsworkscm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.local.fleet.Fleet;
import dev.serverbackup.local.fleet.FleetServer;
import dev.serverbackup.local.http.AwsErrorType;
import dev.serverbackup.local.opsworkscm.account.DeterministicIds;
import dev.serverbackup.local.opsworkscm.account.Limits;
import dev.serverbackup.local.opsworkscm.account.ServerStatus;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import software.amazon.awssdk.services.opsworkscm.OpsWorksCmClient;
import software.amazon.awssdk.services.opsworkscm.model.OpsWorksCmException;

/** Every error that the API's model declares for an operation is met at least once. */
class DocumentedErrorsTest {

    private static final String NEW = """
        {'ServerName': '%s', 'Engine': 'Puppet', 'InstanceType': 'm5.large',
         'InstanceProfileArn': 'arn:aws:iam::123456789012:instance-profile/p',
         'ServiceRoleArn': 'arn:aws:iam::123456789012:role/r'%s}\
        """;
    private static final String GOOD_BACKUP = "healthy-20261119150000125";
    private static final String RUNNING_BACKUP = "locked-20261120030000125";

    record Met(String operation, AwsErrorType error, String input) {}

    static final Set<Met> CASES = Stream.of(
                    met(
                            "AssociateNode",
                            AwsErrorType.INVALID_STATE,
                            "{'ServerName': 'locked', 'NodeName': 'n'," + " 'EngineAttributes': []}"),
                    met(
                            "AssociateNode",
                            AwsErrorType.RESOURCE_NOT_FOUND,
                            "{'ServerName': 'nobody', 'NodeName': 'n'," + " 'EngineAttributes': []}"),
                    met("CreateBackup", AwsErrorType.INVALID_STATE, "{'ServerName': 'locked'}"),
                    met("CreateBackup", AwsErrorType.LIMIT_EXCEEDED, "{'ServerName': 'healthy'}"),
                    met("CreateBackup", AwsErrorType.RESOURCE_NOT_FOUND, "{'ServerName': 'nobody'}"),
                    met("CreateServer", AwsErrorType.LIMIT_EXCEEDED, NEW.formatted("new", "")),
                    met("CreateServer", AwsErrorType.RESOURCE_ALREADY_EXISTS, NEW.formatted("healthy", "")),
                    met("CreateServer", AwsErrorType.RESOURCE_NOT_FOUND, NEW.formatted("new", ", 'BackupId': 'x'")),
                    met("DeleteBackup", AwsErrorType.INVALID_STATE, "{'BackupId': '" + RUNNING_BACKUP + "'}"),
                    met("DeleteBackup", AwsErrorType.RESOURCE_NOT_FOUND, "{'BackupId': 'x'}"),
                    met("DeleteServer", AwsErrorType.INVALID_STATE, "{'ServerName': 'deleting'}"),
                    met("DeleteServer", AwsErrorType.RESOURCE_NOT_FOUND, "{'ServerName': 'nobody'}"),
                    met("DescribeBackups", AwsErrorType.RESOURCE_NOT_FOUND, "{'BackupId': 'x'}"),
                    met("DescribeBackups", AwsErrorType.INVALID_NEXT_TOKEN, "{'NextToken': 'x'}"),
                    met("DescribeBackups", AwsErrorType.VALIDATION, "{'MaxResults': 0}"),
                    met("DescribeEvents", AwsErrorType.RESOURCE_NOT_FOUND, "{'ServerName': 'nobody'}"),
                    met(
                            "DescribeEvents",
                            AwsErrorType.INVALID_NEXT_TOKEN,
                            "{'ServerName': 'healthy'," + " 'NextToken': 'x'}"),
                    met(
                            "DescribeNodeAssociationStatus",
                            AwsErrorType.RESOURCE_NOT_FOUND,
                            "{'ServerName': 'healthy'," + " 'NodeAssociationStatusToken': 'x'}"),
                    met("DescribeServers", AwsErrorType.RESOURCE_NOT_FOUND, "{'ServerName': 'nobody'}"),
                    met("DescribeServers", AwsErrorType.INVALID_NEXT_TOKEN, "{'NextToken': 'x'}"),
                    met("DescribeServers", AwsErrorType.VALIDATION, "{'ServerName': ''}"),
                    met("DisassociateNode", AwsErrorType.INVALID_STATE, "{'ServerName': 'locked', 'NodeName': 'n'}"),
                    met(
                            "DisassociateNode",
                            AwsErrorType.RESOURCE_NOT_FOUND,
                            "{'ServerName': 'nobody', 'NodeName': 'n'}"),
                    met(
                            "ExportServerEngineAttribute",
                            AwsErrorType.INVALID_STATE,
                            "{'ServerName': 'deleting'," + " 'ExportAttributeName': 'Userdata'}"),
                    met(
                            "ExportServerEngineAttribute",
                            AwsErrorType.RESOURCE_NOT_FOUND,
                            "{'ServerName': 'nobody'," + " 'ExportAttributeName': 'Userdata'}"),
                    met(
                            "ListTagsForResource",
                            AwsErrorType.RESOURCE_NOT_FOUND,
                            "{'ResourceArn': '%s'}".formatted(arn("nobody"))),
                    met(
                            "RestoreServer",
                            AwsErrorType.INVALID_STATE,
                            "{'ServerName': 'locked', 'BackupId': '%s'}".formatted(GOOD_BACKUP)),
                    met("RestoreServer", AwsErrorType.RESOURCE_NOT_FOUND, "{'ServerName': 'healthy', 'BackupId': 'x'}"),
                    met("StartMaintenance", AwsErrorType.INVALID_STATE, "{'ServerName': 'locked'}"),
                    met("StartMaintenance", AwsErrorType.RESOURCE_NOT_FOUND, "{'ServerName': 'nobody'}"),
                    met(
                            "TagResource",
                            AwsErrorType.RESOURCE_NOT_FOUND,
                            "{'ResourceArn': '%s', 'Tags': []}".formatted(arn("nobody"))),
                    met(
                            "TagResource",
                            AwsErrorType.INVALID_STATE,
                            "{'ResourceArn': '%s', 'Tags': []}".formatted(arn("deleting"))),
                    met(
                            "UntagResource",
                            AwsErrorType.RESOURCE_NOT_FOUND,
                            "{'ResourceArn': '%s', 'TagKeys': []}".formatted(arn("nobody"))),
                    met(
                            "UntagResource",
                            AwsErrorType.INVALID_STATE,
                            "{'ResourceArn': '%s', 'TagKeys': []}".formatted(arn("deleting"))),
                    met("UpdateServer", AwsErrorType.INVALID_STATE, "{'ServerName': 'locked'}"),
                    met("UpdateServer", AwsErrorType.RESOURCE_NOT_FOUND, "{'ServerName': 'nobody'}"),
                    met(
                            "UpdateServerEngineAttributes",
                            AwsErrorType.INVALID_STATE,
                            "{'ServerName': 'locked'," + " 'AttributeName': 'CHEF_PIVOTAL_KEY'}"),
                    met(
                            "UpdateServerEngineAttributes",
                            AwsErrorType.RESOURCE_NOT_FOUND,
                            "{'ServerName': 'nobody'," + " 'AttributeName': 'CHEF_PIVOTAL_KEY'}"))
            .flatMap(each -> each)
            .collect(Collectors.toSet());

    private static final FleetServer[] FLEET = {
        FleetServer.named("healthy").withBackups(0, 1),
        FleetServer.named("locked").in(ServerStatus.BACKING_UP),
        FleetServer.named("deleting").in(ServerStatus.DELETING)
    };

    @ParameterizedTest
    @FieldSource("CASES")
    void it_is_met(Met met) {
        var servers = met.error() == AwsErrorType.LIMIT_EXCEEDED ? 3 : 4;
        var service = new ServiceUnderTest(Fleet.of(FLEET).limited(new Limits(servers, 1)));

        assertThat(service.refused(met.error(), met.operation(), met.input())).isNotBlank();
    }

    @Test
    void these_are_all_that_the_model_declares() {
        var met = CASES.stream()
                .map(each -> each.operation() + " " + each.error().shape())
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(met).isEqualTo(declared());
    }

    private static Set<String> declared() {
        return Stream.of(OpsWorksCmClient.class.getMethods())
                .filter(method -> method.getReturnType().getSimpleName().endsWith("Response"))
                .flatMap(method -> Stream.of(method.getExceptionTypes())
                        .filter(type -> type.getSuperclass() == OpsWorksCmException.class)
                        .map(type -> Character.toUpperCase(method.getName().charAt(0))
                                + method.getName().substring(1) + " " + type.getSimpleName()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** This error, and the one of an input that lacks what the operation requires, if it requires anything. */
    private static Stream<Met> met(String operation, AwsErrorType error, String input) {
        var invalid = new Met(operation, AwsErrorType.VALIDATION, "{}");
        var optional = operation.equals("DescribeBackups") || operation.equals("DescribeServers");
        return optional
                ? Stream.of(new Met(operation, error, input))
                : Stream.of(new Met(operation, error, input), invalid);
    }

    private static String arn(String name) {
        var uuid = DeterministicIds.from(name).uuid();
        return "arn:aws:opsworks-cm:us-east-1:123456789012:server/" + name + "/" + uuid;
    }
}
