package dev.serverbackup.simulation;

import dev.serverbackup.audit.AuditRepository;
import dev.serverbackup.audit.Entry;
import dev.serverbackup.audit.EntryStatus;
import dev.serverbackup.audit.Run;
import dev.serverbackup.audit.RunStatus;
import dev.serverbackup.request.RunId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a run still waits for: until then its event is delivered again, where otherwise the follow-up would come. */
final class Due {
    private Due() {}

    static boolean isOpen(AuditRepository table, RunId runId) {
        List<Entry> entries = table.entries(runId);
        Optional<Run> run = table.run(runId);
        return run.isEmpty()
                || entries.size() < run.get().targets().size()
                || entries.stream().anyMatch(Due::isDue)
                || run.get().status()
                        != RunStatus.of(entries.stream().map(Entry::status).toList());
    }

    /** When the next entry is due. */
    static Optional<Instant> next(AuditRepository table, List<RunId> runs) {
        return runs.stream()
                .flatMap(runId -> table.entries(runId).stream())
                .filter(Due::isDue)
                .map(Entry::nextActionAt)
                .min(Instant::compareTo);
    }

    private static boolean isDue(Entry entry) {
        return entry.status() == EntryStatus.PENDING || entry.status() == EntryStatus.CALLING;
    }
}
