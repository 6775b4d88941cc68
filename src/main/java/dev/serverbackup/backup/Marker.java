package dev.serverbackup.backup;

import dev.serverbackup.request.BackupRequest;
import dev.serverbackup.request.RunId;
import dev.serverbackup.request.ServerName;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * Recognises a run's own backup: a manual backup of the same server whose description ends with the run's marker,
 * created no earlier than a day before the run.
 */
public record Marker(RunId runId, ServerName server, Instant runCreatedAt) {
    /** Tolerance for clocks that differ; a request id is not used again within it. */
    private static final Duration CLOCK_ROOM = Duration.ofDays(1);

    /**
     * The run's own backups among these, newest first. There are several if the backend refused one after it had
     * accepted it. Only the newest can have had an effect, since another attempt is made only after a refusal.
     */
    public List<Backup> allIn(List<Backup> backups) {
        return backups.stream()
                .filter(this::marks)
                .sorted(Comparator.comparing(Backup::createdAt).reversed())
                .toList();
    }

    /** A backup that was created earlier is not the run's own. */
    public Instant since() {
        return runCreatedAt.minus(CLOCK_ROOM);
    }

    private boolean marks(Backup backup) {
        return backup.isOf(server)
                && backup.isManual()
                && backup.description().endsWith(BackupRequest.marker(runId))
                && !backup.createdAt().isBefore(since());
    }
}
