package dev.serverbackup.followup;

import dev.serverbackup.audit.Entry;
import dev.serverbackup.audit.Run;
import dev.serverbackup.backup.Backup;
import dev.serverbackup.notification.Notification;
import dev.serverbackup.notification.Notification.Kind;
import java.util.SortedMap;
import java.util.TreeMap;

/** What is told of an entry, or of a run, that has ended (docs/notifications). */
final class NotificationMapper {
    private static final String VERSION = "1";

    private NotificationMapper() {}

    static Notification of(Entry entry) {
        SortedMap<String, Object> detail = new TreeMap<>();
        String id = entry.runId() + "/" + entry.serverName();
        detail.put("version", VERSION);
        detail.put("notificationId", id);
        detail.put("runId", entry.runId().value());
        detail.put("serverName", entry.serverName().value());
        entry.server().title().ifPresent(title -> detail.put("serverTitle", title));
        entry.server().arn().ifPresent(arn -> detail.put("serverArn", arn));
        detail.put("status", entry.status().name());
        detail.put("attempts", entry.attempts());
        detail.put("requestedAt", entry.requestedAt().toString());
        entry.startedAt().ifPresent(at -> detail.put("startedAt", at.toString()));
        entry.finishedAt().ifPresent(at -> detail.put("finishedAt", at.toString()));
        entry.backup().ifPresent(backup -> detail.put("backupId", backup.id()));
        entry.backup()
                .map(Backup::warnings)
                .filter(warnings -> !warnings.isEmpty())
                .ifPresent(warnings -> detail.put("warnings", warnings));
        entry.error().ifPresent(error -> {
            SortedMap<String, Object> told = new TreeMap<>();
            told.put("type", error.type().name());
            told.put("message", error.message());
            told.put("effectUnknown", error.effectUnknown());
            detail.put("error", told);
        });
        return new Notification(id, Kind.BACKUP_FINISHED, detail);
    }

    /** @param run with its final status and counts */
    static Notification of(Run run) {
        SortedMap<String, Object> detail = new TreeMap<>();
        SortedMap<String, Object> counts = new TreeMap<>();
        run.counts().forEach((status, count) -> counts.put(status.name(), count));
        detail.put("version", VERSION);
        detail.put("notificationId", run.runId().value());
        detail.put("runId", run.runId().value());
        detail.put("status", run.status().name());
        detail.put("targets", run.targets().size());
        detail.put("counts", counts);
        detail.put("requestedAt", run.requestedAt().toString());
        detail.put("requestedBy", run.requestedBy().source());
        return new Notification(run.runId().value(), Kind.RUN_FINISHED, detail);
    }
}
