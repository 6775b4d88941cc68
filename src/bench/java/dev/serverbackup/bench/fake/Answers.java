package dev.serverbackup.bench.fake;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The bodies of the answers. A run gets them as one who asks for the first time: it has no row, every condition holds and
 * every backup starts. A pass finds an entry for each server, started an hour ago, and its backup ended. So the fake needs
 * no state, and costs little.
 */
record Answers(FakeBackend backend, int servers) {
    private static final int TAGGED_PAGE = 100;
    private static final int BACKUPS_PAGE = 100;
    private static final int SYSTEMS_MANAGER_PAGE = 50;
    private static final String STAMP = "-20260301020000000";
    private static final Pattern KEY = Pattern.compile("\"S\":\"server#([^\"]*)\"");
    private static final Pattern RUN = Pattern.compile("\"runId\":\\{\"S\":\"([^\"]*)\"");

    /** @param operation as {@code X-Amz-Target} names it, without its service */
    String to(String operation, String request) {
        return switch (operation) {
            case "GetResources" ->
                page(request, "PaginationToken", "ResourceTagMappingList", TAGGED_PAGE, this::resource);
            case "DescribeBackups" ->
                page(request, "NextToken", "Backups", BACKUPS_PAGE, i -> ended(backend.server(i)));
            case "DescribeInstanceInformation" ->
                page(request, "NextToken", "InstanceInformationList", SYSTEMS_MANAGER_PAGE, this::instance);
            case "ListCommandInvocations" ->
                page(request, "NextToken", "CommandInvocations", SYSTEMS_MANAGER_PAGE, this::invocation);
            case "ListCommands" -> "{\"Commands\":[]}";
            case "CreateBackup" ->
                "{\"Backup\":%s}"
                        .formatted(
                                backup(member(request, "ServerName"), "IN_PROGRESS", member(request, "Description")));
            case "SendCommand" -> sent(request);
            case "DescribeAccountAttributes" -> "{\"Attributes\":[]}";
            case "PutEvents" -> accepted(request.split("\"DetailType\"", -1).length - 1);
            case "Query" -> rows(request.contains("\"IndexName\":\"open\"") ? servers : 0);
            case "GetItem" -> row(request);
            case "PutItem", "UpdateItem", "TransactWriteItems" -> "{}";
            default -> throw new IllegalArgumentException("the fake has no " + operation);
        };
    }

    static String throttled() {
        return "{\"__type\":\"ThrottlingException\",\"message\":\"Rate exceeded\"}";
    }

    /** Of so many as the service has at most on a page, whatever was asked for. */
    private String page(String request, String token, String list, int most, IntFunction<String> item) {
        String given = member(request, token);
        int from = given.isEmpty() ? 0 : Integer.parseInt(given);
        int to = Math.min(from + most, servers);
        String next = to < servers ? "\"%s\":\"%d\",".formatted(token, to) : "";
        return "{%s\"%s\":[%s]}".formatted(next, list, joined(from, to, item));
    }

    private static String joined(int from, int to, IntFunction<String> item) {
        return IntStream.range(from, to).mapToObj(item).collect(Collectors.joining(","));
    }

    private String resource(int i) {
        return """
            {"ResourceARN":"%s",\
            "Tags":[{"Key":"Backup","Value":"nightly"},{"Key":"Environment","Value":"prod"}]}\
            """.formatted(backend.arn(i));
    }

    private static String ended(String server) {
        return backup(server, "OK", "nightly");
    }

    private static String backup(String server, String status, String description) {
        return """
            {"BackupArn":"arn:aws:opsworks-cm:us-east-1:123456789012:backup/%s","BackupId":"%s",\
            "BackupType":"MANUAL","CreatedAt":1.772330400123E9,"Description":"%s","Engine":"ChefAutomate",\
            "EngineModel":"Single","EngineVersion":"2","InstanceType":"m5.large","ServerName":"%s",\
            "Status":"%s","ToolsVersion":"1","UserArn":"arn:aws:iam::123456789012:root"}\
            """.formatted(server + STAMP, server + STAMP, description, server, status);
    }

    private String instance(int i) {
        return """
            {"InstanceId":"%s","PingStatus":"Online","LastPingDateTime":1.772330400123E9,"AgentVersion":"3.3.0",\
            "PlatformType":"Linux","PlatformName":"Amazon Linux","ResourceType":"EC2Instance"}\
            """.formatted(backend.server(i));
    }

    private static String sent(String request) {
        String server = request.replaceFirst("(?s).*\"InstanceIds\":\\[\"([^\"]*)\".*", "$1");
        return """
            {"Command":{"CommandId":"%s","DocumentName":"%s","DocumentVersion":"1",\
            "RequestedDateTime":1.772330400123E9,"Status":"Pending","StatusDetails":"Pending"}}\
            """.formatted(command(server), member(request, "DocumentName"));
    }

    /** With the document's own line. */
    private String invocation(int i) {
        String server = backend.server(i);
        return """
            {"CommandId":"%s","InstanceId":"%s","DocumentName":"ServerBackup","Status":"Success",\
            "StatusDetails":"Success","CommandPlugins":[{"Name":"backUp","Status":"Success","ResponseCode":0,\
            "Output":"{\\"backupId\\":\\"%s\\",\\"artefact\\":\\"/var/lib/a.tar\\",\\"size\\":10240,\
            \\"sha256\\":\\"%s\\"}"}]}\
            """.formatted(command(server), server, server + STAMP, "0".repeat(64));
    }

    private static String command(String server) {
        return "00000000-0000-4000-8000-" + server.substring(server.length() - 12);
    }

    private static String accepted(int events) {
        return "{\"FailedEntryCount\":0,\"Entries\":[%s]}"
                .formatted(joined(0, events, "{\"EventId\":\"%d\"}"::formatted));
    }

    private String rows(int many) {
        return "{\"Count\":%d,\"ScannedCount\":%d,\"Items\":[%s]}"
                .formatted(many, many, joined(0, many, i -> entry("bench", backend.server(i))));
    }

    /** A run's own row is not there. */
    private String row(String request) {
        Matcher key = KEY.matcher(request);
        Matcher run = RUN.matcher(request);
        return key.find() && run.find() ? "{\"Item\":%s}".formatted(entry(run.group(1), key.group(1))) : "{}";
    }

    private String entry(String run, String server) {
        Instant requested = Instant.now().minus(Duration.ofHours(1)).truncatedTo(ChronoUnit.MILLIS);
        return """
            {"runId":{"S":"%s"},"entry":{"S":"server#%s"},"backend":{"S":"%s"},"serverName":{"S":"%s"},\
            "status":{"S":"STARTED"},"attempts":{"N":"1"},"attemptId":{"S":"0123456789abcdef0123456789abcdef"},\
            "requestedAt":{"S":"%s"},"startedAt":{"S":"%s"},"open":{"S":"open"},"nextActionAt":{"S":"%s"},\
            "backup":{"M":{"BackupId":{"S":"%s"},"ServerName":{"S":"%s"},"Status":{"S":"IN_PROGRESS"},\
            "CommandId":{"S":"%s"}}}}\
            """.formatted(
                        run,
                        server,
                        backend.id(),
                        server,
                        requested,
                        requested,
                        requested,
                        server + STAMP,
                        server,
                        backend == FakeBackend.SYSTEMS_MANAGER ? command(server) : "");
    }

    /** A string of the top level, as it is written; empty if there is none. A parser would cost more than the fake. */
    private static String member(String json, String name) {
        String key = "\"" + name + "\"";
        int at = json.indexOf(key);
        if (at < 0) {
            return "";
        }
        int start = json.indexOf('"', at + key.length()) + 1;
        return json.substring(start, json.indexOf('"', start));
    }
}
