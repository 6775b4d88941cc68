package dev.serverbackup.followup;

import dev.serverbackup.audit.Entry;
import dev.serverbackup.audit.EntryStatus;
import dev.serverbackup.audit.Run;
import dev.serverbackup.backup.Backup;
import dev.serverbackup.backup.BackupError;
import dev.serverbackup.backup.ErrorType;
import dev.serverbackup.notification.ErrorMeanings;
import dev.serverbackup.notification.Notification;
import dev.serverbackup.notification.Notification.Kind;
import dev.serverbackup.notification.NotificationText;
import dev.serverbackup.request.RequestedBy;
import dev.serverbackup.server.Server;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The notifications of entries and runs that have ended (docs/notifications). */
final class NotificationMapper {
    private static final String VERSION = "1";
    private static final int MOST_FAILURES = 20;
    private static final int LONGEST_MESSAGE = 100;
    private static final int LONGEST_TITLE = 30;
    private static final int LONGEST_SOURCE = 60;

    /** A line for the run, one for each of these types, one for the other types, three commands: at most ten lines. */
    private static final int MOST_TYPES = 5;

    private static final int MOST_EXPLAINED = 2;
    private static final int MOST_NAMES = 3;

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
            SortedMap<String, Object> errorValues = new TreeMap<>();
            errorValues.put("type", error.type().name());
            errorValues.put("message", error.message());
            errorValues.put("effectUnknown", error.effectUnknown());
            detail.put("error", errorValues);
        });
        words(entry).addTo(detail);
        return new Notification(id, Kind.BACKUP_FINISHED, detail);
    }

    /**
     * @param run with its final status and counts
     * @param entries the run's entries, all of them final
     */
    static Notification of(Run run, List<Entry> entries) {
        List<Entry> failed = entries.stream()
                .filter(entry -> entry.status() == EntryStatus.FAILED)
                .sorted(Comparator.comparing(Entry::serverName))
                .toList();
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
        if (!failed.isEmpty()) {
            detail.put(
                    "failures",
                    failed.stream()
                            .limit(MOST_FAILURES)
                            .map(NotificationMapper::failure)
                            .toList());
        }
        words(run, failed).addWithLinesTo(detail);
        return new Notification(run.runId().value(), Kind.RUN_FINISHED, detail);
    }

    private static SortedMap<String, Object> failure(Entry entry) {
        BackupError error = entry.error().orElseThrow();
        return new TreeMap<>(Map.of(
                "serverName", entry.serverName().value(),
                "type", error.type().name(),
                "message", NotificationText.plain(error.message(), LONGEST_MESSAGE)));
    }

    private static NotificationText words(Entry entry) {
        String name = name(entry.server());
        List<String> lines = new ArrayList<>();
        String summary = entry.error()
                .map(error -> "No backup of " + name)
                .orElseGet(() -> "Backup of %s succeeded".formatted(name));
        lines.add("%s, run %s.".formatted(summary, entry.runId()));
        entry.backup()
                .filter(_ -> entry.error().isEmpty())
                .ifPresent(backup -> backup.warnings().stream().limit(2).forEach(warning -> lines.add("- " + warning)));
        entry.error().ifPresent(error -> {
            lines.add("Why: %s%s.".formatted(ErrorMeanings.of(error.type()), doubt(List.of(error))));
            if (!error.message().isBlank()) {
                lines.add("Error message: " + NotificationText.plain(error.message(), LONGEST_MESSAGE));
            }
            lines.add("What to do: " + ErrorMeanings.explain(error.type()));
        });
        lines.add("The server's history: ./server-backup server " + entry.serverName());
        return new NotificationText(summary, lines);
    }

    private static NotificationText words(Run run, List<Entry> failed) {
        String about = "run " + run.runId();
        String whole =
                "Run %s, requested at %s by %s".formatted(run.runId(), run.requestedAt(), who(run.requestedBy()));
        String details = "Details: ./server-backup run " + run.runId();
        int targets = run.targets().size();
        return switch (run.status()) {
            case SUCCEEDED ->
                new NotificationText(
                        "%s succeeded: %s".formatted(backups(targets), about),
                        List.of("%s: %s, and each succeeded.".formatted(whole, backups(targets)), details));
            case NO_TARGETS ->
                new NotificationText(
                        "No server selected: " + about,
                        List.of(
                                whole + " found no server to back up.",
                                "Compare the tags of the servers with the request.",
                                details));
            case PARTIALLY_FAILED, FAILED ->
                new NotificationText(
                        "%d of %s failed: %s".formatted(failed.size(), backups(targets), about),
                        failures(
                                "%s: %d of %s failed.".formatted(whole, failed.size(), backups(targets)),
                                failed,
                                details));
            case MISSED ->
                new NotificationText(
                        "Missed, no backups: " + about,
                        List.of(
                                ("The schedule's event for this slot was not received, and the slot was not caught up:"
                                                + " %s.")
                                        .formatted(run.runId()),
                                "No server was backed up.",
                                "To ask for the backups now: ./server-backup ask --help",
                                "What to do: ./server-backup explain slot-missed"));
            case RUNNING -> throw new IllegalArgumentException("there is no notification of a run that has not ended");
        };
    }

    /** The servers by the type of their error, the most frequent first. */
    private static List<String> failures(String whole, List<Entry> failed, String details) {
        List<Map.Entry<ErrorType, List<Entry>>> types = failed.stream()
                .collect(Collectors.groupingBy(
                        entry -> entry.error().orElseThrow().type(), LinkedHashMap::new, Collectors.toList()))
                .entrySet()
                .stream()
                .sorted(Comparator.comparingInt(type -> -type.getValue().size()))
                .toList();
        List<String> lines = new ArrayList<>();
        lines.add(whole);
        types.stream().limit(MOST_TYPES).forEach(type -> lines.add(line(type.getKey(), type.getValue())));
        if (types.size() > MOST_TYPES) {
            lines.add("- and %d more for other reasons"
                    .formatted(types.stream()
                            .skip(MOST_TYPES)
                            .mapToInt(type -> type.getValue().size())
                            .sum()));
        }
        lines.add(details);
        types.stream()
                .limit(MOST_EXPLAINED)
                .forEach(type -> lines.add("What to do: " + ErrorMeanings.explain(type.getKey())));
        return lines;
    }

    private static String line(ErrorType type, List<Entry> failed) {
        List<String> names = failed.stream().map(entry -> name(entry.server())).toList();
        List<BackupError> errors =
                failed.stream().map(entry -> entry.error().orElseThrow()).toList();
        return "- %s: %s%s"
                .formatted(NotificationText.firstOf(names, MOST_NAMES), ErrorMeanings.of(type), doubt(errors));
    }

    private static String doubt(List<BackupError> errors) {
        return errors.stream().anyMatch(BackupError::effectUnknown) ? "; a backup may exist" : "";
    }

    private static String who(RequestedBy requestedBy) {
        return NotificationText.plain(requestedBy.source(), LONGEST_SOURCE);
    }

    private static String name(Server server) {
        return server.title()
                .map(title -> "%s (%s)".formatted(server.name(), NotificationText.plain(title, LONGEST_TITLE)))
                .orElseGet(() -> server.name().value());
    }

    private static String backups(int number) {
        return number == 1 ? "1 backup" : number + " backups";
    }
}
