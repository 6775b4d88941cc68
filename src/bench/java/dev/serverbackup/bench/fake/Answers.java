package dev.serverbackup.bench.fake;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The bodies of the answers, as one who asks for the first time gets them: no run has a row, no entry is there, every
 * condition holds and every backup starts. So the fake needs no state, and costs little.
 */
final class Answers {
    private static final int PAGE = 100;
    private static final String ACCOUNT = "us-east-1:123456789012";

    private Answers() {}

    static String created(String request) {
        String server = member(request, "ServerName");
        return """
            {"Backup":{"BackupArn":"arn:aws:opsworks-cm:%s:backup/%s-20260301020000000","BackupId":"%s-20260301020000000",\
            "BackupType":"MANUAL","CreatedAt":1.772330400123E9,"Description":"%s","Engine":"ChefAutomate",\
            "EngineModel":"Single","EngineVersion":"2","InstanceType":"m5.large","ServerName":"%s",\
            "Status":"IN_PROGRESS","ToolsVersion":"1","UserArn":"arn:aws:iam::123456789012:root"}}\
            """.formatted(ACCOUNT, server, server, member(request, "Description"), server);
    }

    static String throttled() {
        return "{\"__type\":\"ThrottlingException\",\"message\":\"Rate exceeded\"}";
    }

    /** A page of a hundred, as the tagging API's, whatever was asked for. */
    static String resources(String request, int targets) {
        String token = member(request, "PaginationToken");
        int from = token.isEmpty() ? 0 : Integer.parseInt(token);
        int to = Math.min(from + PAGE, targets);
        String page = IntStream.range(from, to).mapToObj(Answers::resource).collect(Collectors.joining(","));
        return "{\"PaginationToken\":\"%s\",\"ResourceTagMappingList\":[%s]}".formatted(to < targets ? to : "", page);
    }

    private static String resource(int i) {
        return """
            {"ResourceARN":"arn:aws:opsworks-cm:%s:server/server-%d/0a1b2c3d-0000-4000-8000-%012d",\
            "Tags":[{"Key":"Backup","Value":"nightly"},{"Key":"Environment","Value":"prod"}]}\
            """.formatted(ACCOUNT, i, i);
    }

    /** Nothing stands, and nothing stands in the way. */
    static String ofTable(String target) {
        return target.endsWith(".Query") ? "{\"Count\":0,\"Items\":[],\"ScannedCount\":0}" : "{}";
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
