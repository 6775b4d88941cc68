package dev.serverbackup.priming;

import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Answers from memory what a run by Run Command asks: every instance is Online, has had no command, and takes one. */
final class CannedRunCommand {
    private static final String INSTANCES = "ec2:instance";

    private CannedRunCommand() {}

    /** The answer, or nothing where the request is none of such a run. */
    static Optional<String> answer(String operation, String request, int servers) {
        return switch (operation) {
            case "GetResources" -> request.contains(INSTANCES) ? Optional.of(resources(servers)) : Optional.empty();
            case "DescribeInstanceInformation" ->
                Optional.of("{\"InstanceInformationList\":[{\"InstanceId\":\"%s\",\"PingStatus\":\"Online\"}]}"
                        .formatted(instance(request)));
            case "ListCommands" -> Optional.of("{\"Commands\":[]}");
            case "SendCommand" ->
                Optional.of(
                        "{\"Command\":{\"CommandId\":\"0a1b2c3d-0000-4000-8000-000000000000\",\"Status\":\"Pending\","
                            + "\"StatusDetails\":\"Pending\",\"DocumentName\":\"priming\",\"DocumentVersion\":\"1\","
                            + "\"RequestedDateTime\":1.772330400123E9}}");
            default -> Optional.empty();
        };
    }

    private static String resources(int servers) {
        String each = IntStream.range(0, servers).mapToObj("""
            {"ResourceARN":"arn:aws:ec2:us-east-1:123456789012:instance/i-%017x",\
            "Tags":[{"Key":"Backup","Value":"nightly"},{"Key":"BackupEngine","Value":"priming"}]}\
            """::formatted).collect(Collectors.joining(","));
        return "{\"PaginationToken\":\"\",\"ResourceTagMappingList\":[" + each + "]}";
    }

    /** The one that the request names. */
    private static String instance(String request) {
        int from = request.indexOf("\"i-") + 1;
        return request.substring(from, request.indexOf('"', from));
    }
}
