package dev.serverbackup.local;

import dev.serverbackup.followup.FollowUpReport;
import dev.serverbackup.local.eventbridge.BusEvent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Prints the end of a demo. */
final class DemoSummary {
    private static final int LONGEST_MESSAGE = 80;

    private DemoSummary() {}

    static String passes(List<FollowUpReport> passes, Duration between) {
        TextTable table = new TextTable("AFTER", "OPEN ROWS DUE", "THEIR ENTRIES AFTERWARDS", "NOTIFICATIONS");
        Duration after = Duration.ZERO;
        for (FollowUpReport pass : passes) {
            after = after.plus(between);
            table.add(
                    after.toMinutes() + " min",
                    Integer.toString(pass.rows()),
                    pass.entries().isEmpty() ? "-" : DemoReport.reasons(pass.entries()),
                    Integer.toString(pass.notificationsSent()));
        }
        return "\nTHE FOLLOW-UP, EVERY %d MINUTES (the clock is set forward)\n%s".formatted(between.toMinutes(), table);
    }

    static String audit(LocalCloud cloud, String runId) {
        TextTable table = new TextTable("ENTRY", "STATUS", "ATTEMPTS", "FINISHED AT", "BACKUP", "ERROR");
        for (Map<String, AttributeValue> item : DemoReport.items(cloud, runId)) {
            table.add(
                    DemoReport.text(item, "entry"),
                    DemoReport.text(item, "status"),
                    item.containsKey("attempts") ? item.get("attempts").n() : "-",
                    DemoReport.text(item, "finishedAt"),
                    member(item, "backup", "BackupId"),
                    item.containsKey("error") ? cut(error(item)) : "-");
        }
        return "\nAUDIT TABLE AT THE END\n%s".formatted(table);
    }

    static String notifications(List<BusEvent> events) {
        TextTable table = new TextTable("NOTIFICATION", "ID", "STATUS");
        for (BusEvent event : events.stream().filter(DemoSummary::isNotice).toList()) {
            table.add(
                    event.detailType(),
                    event.parsedDetail().path("notificationId").asText(),
                    event.parsedDetail().path("status").asText());
        }
        return "\nNOTIFICATIONS\n%s".formatted(table);
    }

    /** AWS services send events to the bus, too. */
    private static boolean isNotice(BusEvent event) {
        return !event.source().startsWith("aws.");
    }

    private static String error(Map<String, AttributeValue> item) {
        return member(item, "error", "type") + ": " + member(item, "error", "message");
    }

    private static String member(Map<String, AttributeValue> item, String map, String name) {
        return item.containsKey(map) ? item.get(map).m().get(name).s() : "-";
    }

    private static String cut(String message) {
        return message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE) + "…";
    }
}
