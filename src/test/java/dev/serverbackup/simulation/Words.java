package dev.serverbackup.simulation;

import dev.serverbackup.audit.AuditRepository.CreateRunResult;
import dev.serverbackup.audit.AuditRepository.Replacement;
import dev.serverbackup.audit.Entry;
import dev.serverbackup.audit.Run;
import dev.serverbackup.backup.Backup;
import dev.serverbackup.backup.BackupError;
import dev.serverbackup.backup.BackupResult;
import dev.serverbackup.backup.ListResult;
import dev.serverbackup.server.Server;
import dev.serverbackup.server.Targets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a trace says of things: as little as one needs to follow it. */
final class Words {
    private Words() {}

    static String of(Object thing) {
        return switch (thing) {
            case Optional<?> optional -> optional.map(Words::of).orElse("nothing");
            case List<?> list -> list.stream().map(Words::of).collect(Collectors.joining(", ", "[", "]"));
            case Entry entry -> entry(entry);
            case Run run ->
                run.runId() + " "
                        + run.targets().stream().map(target -> target.name()).toList();
            case Replacement.Replaced _ -> "written";
            case Replacement.Conflict by -> "overtaken by " + of(by.actual());
            case CreateRunResult.Opened _ -> "opened";
            case CreateRunResult.AlreadyOpen open -> "open already: " + of(open.run());
            case Targets targets ->
                targets.servers().stream().map(Server::name).toList().toString();
            case ListResult.Backups listed -> of(listed.backups());
            case ListResult.Unavailable unavailable -> "unavailable: " + error(unavailable.error());
            case Backup backup -> backup.id() + " " + backup.status() + " \"" + backup.description() + "\"";
            case BackupResult.Started started -> "started " + started.backup().id();
            case BackupResult.Refused refused -> "refused: " + error(refused.error());
            case BackupResult.Doubtful doubtful -> "doubtful: " + error(doubtful.error());
            case BackupResult.NotSent _ -> "not sent";
            default -> thing.toString();
        };
    }

    static String entry(Entry entry) {
        return entry.serverName() + " " + entry.status()
                + entry.attemptId().map(id -> " by " + id.value()).orElse("")
                + entry.leaseUntil()
                        .map(until -> " until +"
                                + Duration.between(World.START, until).toMillis() / 1000.0 + " s")
                        .orElse("")
                + entry.error().map(error -> " (" + error(error) + ")").orElse("");
    }

    private static String error(BackupError error) {
        return error.type().name() + (error.effectUnknown() ? ", effect unknown" : "");
    }
}
