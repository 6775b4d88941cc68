package dev.serverbackup.local;

import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import dev.serverbackup.run.RunReport;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Tells a person what happened. */
final class Story {
    private static final int LONGEST_MESSAGE = 80;

    private Story() {}

    static String asked(Path file, ScheduledEvent event, RunReport report) {
        return """

            WHAT WAS ASKED
              event     %s (%s, from %s)
              run       %s
              selector  %s
            """.formatted(
                        file,
                        Objects.requireNonNullElse(event.getDetailType(), "direct invocation"),
                        Objects.requireNonNullElse(event.getSource(), "a caller"),
                        report.runId(),
                        selector(event));
    }

    static String report(RunReport report) {
        TextTable table = new TextTable("SERVER", "STATUS", "BACKUP", "ERROR");
        report.servers()
                .forEach(line -> table.add(
                        line.serverName(), line.status(), or(line.backupId(), "-"), or(line.errorType(), "-")));
        return """

            WHAT BECAME OF IT
            %s
              run %s: %s
              left out: %s
              ignored:  %s
            """.formatted(
                        table, report.status(), counts(report), reasons(report.leftOut()), reasons(report.ignored()))
                + messages(report);
    }

    static String audit(LocalCloud cloud, String runId) {
        TextTable table = new TextTable("ENTRY", "STATUS", "ATTEMPTS", "NEXT ACTION AT", "BACKUP OR ERROR");
        items(cloud, runId)
                .forEach(item -> table.add(
                        text(item, "entry"),
                        text(item, "status"),
                        item.containsKey("attempts") ? item.get("attempts").n() : "-",
                        text(item, "nextActionAt"),
                        outcome(item)));
        return "\nWHAT THE AUDIT TABLE HOLDS (%s)\n%s".formatted(LocalCloud.AUDIT_TABLE, table);
    }

    static String again(RunReport second, int newBackups) {
        return """

            THE SAME EVENT, DELIVERED AGAIN
              %d targets as before: %s
              new backups made: %d
            """.formatted(second.targets(), counts(second), newBackups);
    }

    static String next(Path log) {
        return """

            NEXT, TRY
              mvn -Devent=events/on-demand.json      another way to ask: production only, before a release
              mvn -q -Devent=events/dry-run.json -Djson    what would be backed up, as JSON
              mvn -q test-compile exec:exec@cloud    the local cloud, to be called with the AWS CLI or an SDK

            The function's log lines are in %s.
            """.formatted(log);
    }

    private static String selector(ScheduledEvent event) {
        Map<String, Object> detail = event.getDetail();
        return detail == null || detail.isEmpty()
                ? "DEFAULT_SELECTOR: any tag Backup, not BackupHold"
                : Objects.toString(detail.get("selector"));
    }

    private static String counts(RunReport report) {
        return report.counts().isEmpty() ? "nothing" : reasons(report.counts());
    }

    static String reasons(Map<String, Integer> counts) {
        return counts.isEmpty()
                ? "nothing"
                : counts.entrySet().stream()
                        .map(count -> count.getValue() + " " + count.getKey())
                        .collect(Collectors.joining(", "));
    }

    private static String messages(RunReport report) {
        Map<String, RunReport.Line> oneOfEach = report.servers().stream()
                .filter(line -> line.errorType() != null)
                .collect(Collectors.toMap(RunReport.Line::errorType, Function.identity(), (first, _) -> first));
        StringBuilder text = new StringBuilder();
        oneOfEach.values().stream()
                .sorted(Comparator.comparing(RunReport.Line::errorType))
                .forEach(line -> text.append(
                        "  %s (%s): %s%n".formatted(line.errorType(), line.serverName(), cut(line.errorMessage()))));
        return text.isEmpty() ? "" : "\n" + text;
    }

    static List<Map<String, AttributeValue>> items(LocalCloud cloud, String runId) {
        return cloud
                .dynamoDb()
                .client()
                .queryPaginator(query -> query.tableName(LocalCloud.AUDIT_TABLE)
                        .consistentRead(true)
                        .keyConditionExpression("runId = :run")
                        .expressionAttributeValues(Map.of(":run", AttributeValue.fromS(runId))))
                .items()
                .stream()
                .toList();
    }

    static String outcome(Map<String, AttributeValue> item) {
        if (item.containsKey("backup")) {
            return item.get("backup").m().get("BackupId").s();
        }
        return item.containsKey("error") ? item.get("error").m().get("type").s() : "-";
    }

    static String text(Map<String, AttributeValue> item, String name) {
        return item.containsKey(name) ? item.get(name).s() : "-";
    }

    static String cut(String message) {
        return message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE) + "…";
    }

    private static String or(String text, String otherwise) {
        return Objects.requireNonNullElse(text, otherwise);
    }
}
