package dev.serverbackup.audit;

import dev.serverbackup.backup.BackupBackend;
import dev.serverbackup.request.BackupRequest;
import dev.serverbackup.request.Plan;
import dev.serverbackup.request.RequestedBy;
import dev.serverbackup.request.RunId;
import dev.serverbackup.request.ServerName;
import dev.serverbackup.server.Excerpt;
import dev.serverbackup.server.ExcludedServer;
import dev.serverbackup.server.SkippedResource;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A run's own row: the request, its source, and the targets. Written once, before anything else; later deliveries of
 * the event use its targets and do not resolve them again.
 *
 * @param canonicalRequest the request in canonical form ({@link BackupRequest#canonicalRequest()})
 * @param description the caller's description of the backups, without the marker; the same as in {@code
 *     canonicalRequest}, which alone is stored
 * @param backend makes this run's backups; no other backend may act on the run
 * @param selector the selector as it was resolved, the default and the hold included, in canonical form
 * @param targets each server name once
 * @param excluded servers that were asked for and that a tag excludes
 * @param skipped what was found and can't be a target
 * @param requestedAt when the row was created: the start window begins here
 */
public record Run(
        RunId runId,
        String requestHash,
        String canonicalRequest,
        String description,
        RequestedBy requestedBy,
        BackupBackend backend,
        String selector,
        List<Target> targets,
        Excerpt<ExcludedServer> excluded,
        Excerpt<SkippedResource> skipped,
        RunStatus status,
        SortedMap<EntryStatus, Integer> counts,
        Instant requestedAt) {
    public Run {
        targets = List.copyOf(targets);
        counts = Collections.unmodifiableSortedMap(new TreeMap<>(counts));
    }

    /** The plan of exactly this run's targets. */
    public Plan plan() {
        SortedMap<ServerName, Optional<String>> arns = new TreeMap<>();
        targets.forEach(target -> arns.put(target.name(), target.arn()));
        return Plan.of(arns);
    }

    /** The description of this run's backups, as it is passed to {@code CreateBackup}. */
    public String backupDescription() {
        return description + BackupRequest.marker(runId);
    }

    /** The same run with another status and counts. */
    public Run standing(RunStatus newStatus, Map<EntryStatus, Integer> newCounts) {
        return new Run(
                runId,
                requestHash,
                canonicalRequest,
                description,
                requestedBy,
                backend,
                selector,
                targets,
                excluded,
                skipped,
                newStatus,
                new TreeMap<>(newCounts),
                requestedAt);
    }
}
