package dev.serverbackup.audit;

import dev.serverbackup.request.BackupRequest;
import dev.serverbackup.request.RequestedBy;
import dev.serverbackup.request.RunId;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A run's own row: what was asked, by whom, and which targets it found. Written once, before anything else; later
 * deliveries of the event use its targets and do not resolve again.
 *
 * @param asked the request in canonical form ({@link BackupRequest#asked()})
 * @param description the caller's words for the backups, without the marker
 * @param targets each server name once
 * @param leftOut how many were left out, by reason
 * @param ignored how many were ignored, by reason
 * @param requestedAt when the row was created: the start window begins here
 */
public record Run(
        RunId runId,
        String requestHash,
        String asked,
        String description,
        RequestedBy requestedBy,
        List<Target> targets,
        SortedMap<String, Integer> leftOut,
        SortedMap<String, Integer> ignored,
        RunStatus status,
        SortedMap<EntryStatus, Integer> counts,
        Instant requestedAt) {
    public Run {
        targets = List.copyOf(targets);
        leftOut = copy(leftOut);
        ignored = copy(ignored);
        counts = copy(counts);
    }

    /** What {@code CreateBackup} is given as the description of this run's backups. */
    public String backupDescription() {
        return description + BackupRequest.marker(runId);
    }

    /** The same run when its entries stand as counted. */
    public Run standing(RunStatus newStatus, Map<EntryStatus, Integer> newCounts) {
        return new Run(
                runId,
                requestHash,
                asked,
                description,
                requestedBy,
                targets,
                leftOut,
                ignored,
                newStatus,
                new TreeMap<>(newCounts),
                requestedAt);
    }

    private static <K> SortedMap<K, Integer> copy(SortedMap<K, Integer> counts) {
        return Collections.unmodifiableSortedMap(new TreeMap<>(counts));
    }
}
