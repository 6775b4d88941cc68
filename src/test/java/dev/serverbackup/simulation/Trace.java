package dev.serverbackup.simulation;

import dev.serverbackup.audit.AuditRepository.CreateRunResult;
import dev.serverbackup.audit.AuditRepository.Replacement;
import dev.serverbackup.audit.Entry;
import dev.serverbackup.audit.Run;
import dev.serverbackup.backup.Backup;
import dev.serverbackup.backup.BackupResult;
import dev.serverbackup.backup.ListResult;
import dev.serverbackup.server.Server;
import dev.serverbackup.server.Targets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** What happened, line by line, if anybody wants to know; a run without a reader pays nothing for it. */
final class Trace {
    private final boolean wanted;
    private final List<String> lines = new ArrayList<>();

    Trace(boolean wanted) {
        this.wanted = wanted;
    }

    void add(long millis, String who, Supplier<String> what) {
        if (wanted) {
            Duration since = Duration.ofMillis(millis);
            lines.add("%3dd %02d:%02d:%02d.%03d  %-11s %s"
                    .formatted(
                            since.toDays(),
                            since.toHoursPart(),
                            since.toMinutesPart(),
                            since.toSecondsPart(),
                            since.toMillisPart(),
                            who,
                            what.get()));
        }
    }

    @Override
    public String toString() {
        return String.join("\n", lines);
    }

    /** As little of a thing as one needs to follow it. */
    static String words(Object thing) {
        return switch (thing) {
            case null -> "done";
            case Optional<?> optional -> optional.map(Trace::words).orElse("nothing");
            case List<?> list -> list.stream().map(Trace::words).collect(Collectors.joining(", ", "[", "]"));
            case Entry entry -> words(entry);
            case Run run ->
                run.runId() + " "
                        + run.targets().stream().map(target -> target.name()).toList();
            case Targets targets ->
                targets.servers().stream().map(Server::name).toList().toString();
            case Backup backup -> backup.id() + " " + backup.status() + " \"" + backup.description() + "\"";
            case Replacement.Replaced _ -> "written";
            case Replacement.Conflict(var actual) -> "overtaken by " + words(actual);
            case CreateRunResult opening -> opening.getClass().getSimpleName() + " " + words(opening.run());
            case ListResult.Backups(var backups) -> words(backups);
            case BackupResult.Started(var backup) -> "started " + words(backup);
            default -> thing.toString();
        };
    }

    private static String words(Entry entry) {
        return entry.serverName() + " " + entry.status()
                + entry.attemptId().map(id -> " by " + id.value()).orElse("")
                + entry.leaseUntil()
                        .map(until -> " until +"
                                + Duration.between(Timeline.START, until).toMillis() / 1000.0 + " s")
                        .orElse("")
                + entry.error().map(error -> " " + error.type()).orElse("");
    }
}
