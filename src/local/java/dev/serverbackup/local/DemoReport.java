package dev.serverbackup.local;

import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.serverbackup.run.RunReport;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Prints what happened in a demo. */
final class DemoReport {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int LINE = 100;

    private DemoReport() {}

    static String asked(Path file, ScheduledEvent event, RunReport report) {
        return """

            REQUEST
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
                .forEach(line ->
                        table.add(called(line), line.status(), or(line.backupId(), "-"), or(line.errorType(), "-")));
        return """

            RESULT
            %s
              the run is %s
            %s  excluded: %s
              skipped:%s
            """.formatted(table, report.status(), counts(report), excluded(report), skipped(report))
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
        return "\nAUDIT TABLE (%s)\n%s"
                .formatted(LocalCloud.AUDIT_TABLE, table.isEmpty() ? "  no row: a dry run leaves none\n" : table);
    }

    static String again(RunReport second, int newBackups) {
        return """

            REDELIVERY
              %d targets as before: %s
              new backups made: %d
            """.formatted(second.targets(), reasons(second.counts()), newBackups);
    }

    static String next(Path log) {
        return """

            NEXT, TRY
              ./server-backup demo --backend systems-manager             the same, on managed nodes
              ./server-backup demo --event events/on-demand.json         another way to ask: before a release
              ./server-backup demo --event events/dry-run.json --json    what would be backed up, as JSON
              ./server-backup cloud                                      a cloud that stays, with a page to look at

            The function's log lines are in %s.
            """.formatted(log);
    }

    private static String selector(ScheduledEvent event) {
        Map<String, Object> detail = event.getDetail();
        return detail == null || detail.isEmpty()
                ? LocalCloud.DEFAULT_SELECTOR + ", which is DEFAULT_SELECTOR"
                : JSON.valueToTree(detail.get("selector")).toString();
    }

    private static String counts(RunReport report) {
        StringBuilder text = new StringBuilder();
        report.counts()
                .forEach(
                        (status, count) -> text.append("    %3d %-9s  %s%n".formatted(count, status, meaning(status))));
        return text.toString();
    }

    private static String meaning(String status) {
        return switch (status) {
            case "PENDING" -> "not started; tried again at nextActionAt";
            case "CALLING" -> "called, effect unknown; looked up when the lease is over";
            case "STARTED" -> "accepted; the backup is running";
            case "SUCCEEDED" -> "the backup exists";
            case "FAILED" -> "final; the error says why";
            default -> "would be backed up";
        };
    }

    private static String excluded(RunReport report) {
        return report.excluded().isEmpty()
                ? "nothing"
                : report.excluded().stream()
                        .map(server -> server.name() + " (" + server.reason() + ")")
                        .collect(Collectors.joining(", "));
    }

    private static String skipped(RunReport report) {
        return report.skipped().isEmpty()
                ? "  nothing"
                : report.skipped().stream()
                        .map(resource -> "\n    %s (%s)".formatted(resource.resource(), resource.reason()))
                        .collect(Collectors.joining());
    }

    static String reasons(Map<String, Integer> counts) {
        return counts.isEmpty()
                ? "nothing"
                : counts.entrySet().stream()
                        .map(count -> count.getValue() + " " + count.getKey())
                        .collect(Collectors.joining(", "));
    }

    /** The first whole message of each error type. */
    private static String messages(RunReport report) {
        Map<String, List<RunReport.Line>> byType = report.servers().stream()
                .filter(line -> line.errorType() != null)
                .collect(Collectors.groupingBy(RunReport.Line::errorType, TreeMap::new, Collectors.toList()));
        StringBuilder text = new StringBuilder();
        byType.forEach((type, lines) -> text.append("%n  %s (%s)%n%s"
                .formatted(type, names(lines), wrapped(lines.getFirst().errorMessage()))));
        return text.toString();
    }

    /** The server's name, and its {@code Name} tag. */
    private static String called(RunReport.Line line) {
        return line.serverTitle() == null
                ? line.serverName()
                : "%s (%s)".formatted(line.serverName(), line.serverTitle());
    }

    private static String names(List<RunReport.Line> lines) {
        String first = called(lines.getFirst());
        return lines.size() == 1 ? first : "%s and %d more".formatted(first, lines.size() - 1);
    }

    /** Wrapped to the width of a terminal. */
    private static String wrapped(String message) {
        StringBuilder text = new StringBuilder();
        StringBuilder line = new StringBuilder();
        for (String word : message.split("\\s+", -1)) {
            if (!line.isEmpty() && line.length() + word.length() >= LINE) {
                text.append("    ").append(line.toString().strip()).append('\n');
                line.setLength(0);
            }
            line.append(' ').append(word);
        }
        return text.append("    ").append(line.toString().strip()).append('\n').toString();
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
        if (item.containsKey("targetCount")) {
            return item.get("targetCount").n() + " targets";
        }
        return item.containsKey("error") ? item.get("error").m().get("type").s() : "-";
    }

    static String text(Map<String, AttributeValue> item, String name) {
        return item.containsKey(name) ? item.get(name).s() : "-";
    }

    private static String or(String text, String otherwise) {
        return Objects.requireNonNullElse(text, otherwise);
    }
}
