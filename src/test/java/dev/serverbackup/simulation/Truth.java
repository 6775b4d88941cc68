package dev.serverbackup.simulation;

import dev.serverbackup.audit.Entry;
import dev.serverbackup.backup.Backup;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What became of each backup, whatever anybody was told of it. */
final class Truth {
    private final InstantSource clock;
    private final Set<String> known = new HashSet<>();
    private final Map<String, Instant> good = new HashMap<>();
    private final Map<String, Instant> bad = new HashMap<>();
    private final Set<String> gone = new HashSet<>();

    Truth(InstantSource clock) {
        this.clock = clock;
    }

    /** @param all backups that the service has now, shown or not */
    void observe(List<Backup> all) {
        for (Backup backup : all) {
            known.add(backup.id());
            switch (backup.status()) {
                case OK -> good.putIfAbsent(backup.id(), clock.instant());
                // What a status alone says is not known to be so.
                case FAILED -> {
                    if (!backup.isEffectUnknown()) {
                        bad.putIfAbsent(backup.id(), clock.instant());
                    }
                }
                // Whether it goes for good is told: a command that deletes may fail.
                case DELETING, IN_PROGRESS, UNRECOGNISED -> {}
            }
        }
        Set<String> there = all.stream().map(Backup::id).collect(Collectors.toSet());
        known.stream().filter(id -> !there.contains(id)).forEach(gone::add);
    }

    /** Nothing brings it back. */
    void goes(String id) {
        gone.add(id);
    }

    boolean wasGood(String id) {
        return good.containsKey(id);
    }

    boolean isGone(String id) {
        return gone.contains(id);
    }

    /** Whether what a final entry says of the backup that was started for it is so, as far as it says anything. */
    boolean agreesWith(Entry ended) {
        String id = ended.backup().map(Backup::id).orElse("");
        return switch (ended.status()) {
            case SUCCEEDED -> wasGood(id);
            case FAILED -> ended.error().orElseThrow().effectUnknown() || isSo(ended, id);
            case PENDING, CALLING, STARTED -> true;
        };
    }

    private boolean isSo(Entry failed, String id) {
        return switch (failed.error().orElseThrow().type().name()) {
            // The latter where Run Command had accepted it, and its document refused it.
            case "BackupFailed", "InvalidStateException" -> bad.containsKey(id);
            case "BackupVanished" -> isGone(id);
            case "CompletionWindowExceeded" ->
                isGone(id) || !hadEndedBy(windowEnd(failed).minusMillis(SimulatedFaults.SKEW), id);
            default -> false;
        };
    }

    static Instant windowEnd(Entry entry) {
        return entry.requestedAt().plus(Scenario.TIMEOUTS.completionWindow());
    }

    private boolean hadEndedBy(Instant end, String id) {
        return Optional.ofNullable(good.getOrDefault(id, bad.get(id)))
                .filter(at -> at.isBefore(end))
                .isPresent();
    }
}
