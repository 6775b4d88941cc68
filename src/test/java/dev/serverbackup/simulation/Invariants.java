package dev.serverbackup.simulation;

import static dev.serverbackup.simulation.Violation.require;

import dev.serverbackup.audit.AttemptId;
import dev.serverbackup.audit.AuditRepository;
import dev.serverbackup.audit.Entry;
import dev.serverbackup.audit.EntryStatus;
import dev.serverbackup.audit.Run;
import dev.serverbackup.audit.RunStatus;
import dev.serverbackup.backup.Backup;
import dev.serverbackup.request.RunId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The promises, judged at every step: each method is told what is about to happen, and throws if it must not. */
final class Invariants {
    final Truth truth;
    private final InstantSource clock;
    private final boolean eachStep;
    /** What may have made a backup, or may still: one at most for each target. */
    private final Map<RunTarget, Backup> accepted = new HashMap<>();
    /** Every backup that was ever accepted, those that were refused afterwards included. */
    private final Map<String, RunTarget> ours = new HashMap<>();

    private final Set<String> refused = new HashSet<>();
    private final Map<RunTarget, Integer> underWay = new HashMap<>();

    /** @param eachStep whether to judge each step of an entry, or backups and the end only */
    Invariants(InstantSource clock, boolean eachStep) {
        this.truth = new Truth(clock);
        this.clock = clock;
        this.eachStep = eachStep;
    }

    private void requireAtEachStep(boolean holds, String promise, Object about) {
        require(holds || !eachStep, promise, about);
    }

    private boolean mayHaveEffect(RunTarget key) {
        return accepted.containsKey(key) || underWay.getOrDefault(key, 0) > 0;
    }

    /**
     * A request leaves the worker that made this attempt.
     *
     * @param othersToCome whether entries that a crash left unwritten may still be so: a pass attempts those that are
     *     due, and writes the others when it comes to their run's row, which stays open until then
     */
    void sent(RunTarget key, AttemptId attempt, AuditRepository table, boolean othersToCome) {
        Optional<Entry> entry = table.entry(key.runId(), key.server());
        requireAtEachStep(entry.isPresent(), "an entry stands before the call", key);
        requireAtEachStep(
                entry.map(Entry::status).equals(Optional.of(EntryStatus.CALLING)),
                "the entry says CALLING during a call",
                entry);
        requireAtEachStep(
                entry.flatMap(Entry::attemptId).equals(Optional.of(attempt)),
                "the entry names the attempt that calls",
                entry);
        Run run = table.run(key.runId()).orElseThrow();
        requireAtEachStep(
                othersToCome
                        ? run.status() == RunStatus.RUNNING
                        : table.entries(key.runId()).size() >= run.targets().size(),
                "all entries are written before the first call",
                key);
        require(!mayHaveEffect(key), "no backup is asked for twice", key);
        underWay.merge(key, 1, Integer::sum);
    }

    /** A request that was sent has had its effect, or can have none any more. */
    void ended(RunTarget key) {
        underWay.merge(key, -1, Integer::sum);
    }

    void accepted(RunTarget key, Backup backup) {
        require(!accepted.containsKey(key), "a run has one backup of a server", key);
        accepted.put(key, backup);
        ours.put(backup.id(), key);
        refused.remove(backup.id());
    }

    /** Its document has noted that it makes no backup, and never will. */
    void refused(RunTarget key, String id) {
        accepted.computeIfPresent(key, (_, backup) -> backup.id().equals(id) ? null : backup);
        refused.add(id);
    }

    boolean isForeign(String id) {
        return !ours.containsKey(id);
    }

    void created(Entry entry, Optional<Run> run) {
        requireAtEachStep(run.isPresent(), "the run's row comes first", entry);
        requireAtEachStep(
                run.isPresent()
                        && run.get().targets().stream()
                                .anyMatch(target -> target.name().equals(entry.serverName())),
                "an entry is a target of its run",
                entry);
    }

    void changed(Entry from, Entry to) {
        require(!from.status().isFinal(), "an outcome never changes", from);
        if (from.status() == EntryStatus.STARTED) {
            ended(from, to);
            return;
        }
        requireAtEachStep(goesOn(from, to), "an entry's life goes its way", List.of(from, to));
        requireAtEachStep(
                !saysThatNothingHappened(to) || !mayHaveEffect(RunTarget.of(to)),
                "PENDING and FAILED mean that there is no backup",
                to);
        requireAtEachStep(to.status() != EntryStatus.STARTED || isItsOwn(to), "a STARTED entry has its own backup", to);
    }

    /** What may follow what until a backup was accepted. */
    private boolean goesOn(Entry from, Entry to) {
        boolean sameAttempt = from.attemptId().equals(to.attemptId());
        return switch (from.status()) {
            case PENDING -> to.status() == EntryStatus.FAILED || (to.status() == EntryStatus.CALLING && !sameAttempt);
            case CALLING ->
                switch (to.status()) {
                    case CALLING -> sameAttempt ? to.leaseUntil().equals(from.leaseUntil()) : isOver(from);
                    case PENDING, STARTED, FAILED -> sameAttempt;
                    case SUCCEEDED -> false;
                };
            case STARTED, SUCCEEDED, FAILED -> false;
        };
    }

    /** By the clock that is furthest ahead. */
    private boolean isOver(Entry claim) {
        return !clock.instant()
                .plusMillis(SimulatedFaults.SKEW)
                .isBefore(claim.leaseUntil().orElseThrow());
    }

    private static boolean saysThatNothingHappened(Entry entry) {
        return entry.status() == EntryStatus.PENDING || (entry.status() == EntryStatus.FAILED && !entry.isAfterDoubt());
    }

    /** What was started ends as its backup did, or goes on. */
    private void ended(Entry from, Entry to) {
        require(isItsOwn(from), "a STARTED entry has its own backup", from);
        if (to.status() == EntryStatus.PENDING) {
            String id = from.backup().orElseThrow().id();
            requireAtEachStep(refused.contains(id), "only what did nothing is attempted again", from);
            return;
        }
        require(to.status() == EntryStatus.STARTED || to.status().isFinal(), "what was started stays so", from);
        require(isItsOwn(to), "a STARTED entry has its own backup", to);
        require(truth.agreesWith(to), "an end is that of the backup", to);
        Instant soonest = Truth.windowEnd(to).minusMillis(SimulatedFaults.SKEW);
        require(
                !to.isAfterDoubt()
                        || clock.instant().isAfter(soonest)
                        || to.backup().orElseThrow().isEffectUnknown(),
                "an unknown end is one after the completion window, or one that a status alone tells",
                to);
    }

    private boolean isItsOwn(Entry entry) {
        return RunTarget.of(entry).equals(ours.get(entry.backup().orElseThrow().id()));
    }

    /** Whether a backup of the target is there, or may be, of which the entry does not know. */
    private boolean hasAnother(Entry entry) {
        Optional<String> known = entry.backup().map(Backup::id);
        return Optional.ofNullable(accepted.get(RunTarget.of(entry)))
                .map(Backup::id)
                .filter(id -> !known.equals(Optional.of(id)))
                .isPresent();
    }

    private boolean isThere(Entry entry) {
        return ours.entrySet().stream()
                .filter(one -> one.getValue().equals(RunTarget.of(entry)))
                .map(Map.Entry::getKey)
                .anyMatch(id -> truth.wasGood(id) && !truth.isGone(id));
    }

    /** When all is quiet and nothing is due any more. */
    void atTheEnd(AuditRepository table, List<RunId> runs) {
        for (RunId runId : runs) {
            Run run = table.run(runId).orElseThrow();
            List<Entry> entries = table.entries(runId);
            require(
                    entries.stream()
                            .map(Entry::serverName)
                            .toList()
                            .equals(run.targets().stream()
                                    .map(target -> target.name())
                                    .toList()),
                    "every target has its entry, and nothing else has",
                    run);
            entries.forEach(this::atTheEnd);
            require(run.status() == status(run, entries), "the run's row says how its entries stand", run);
        }
    }

    /** How a run stands whose entries stand so; one that has missed its slot has none. */
    static RunStatus status(Run run, List<Entry> entries) {
        return run.status() == RunStatus.MISSED && entries.isEmpty()
                ? RunStatus.MISSED
                : RunStatus.of(entries.stream().map(Entry::status).toList());
    }

    private void atTheEnd(Entry entry) {
        boolean unknown = entry.isAfterDoubt();
        switch (entry.status()) {
            case PENDING, CALLING -> throw new Violation("nothing stays open: " + entry);
            case STARTED, SUCCEEDED -> {
                require(isItsOwn(entry), "a STARTED entry has its own backup", entry);
                require(!hasAnother(entry), "an entry names the backup that is there", entry);
            }
            case FAILED -> {
                boolean started = entry.startedAt().isPresent();
                boolean agrees = unknown || (!hasAnother(entry) && (!started || truth.agreesWith(entry)));
                require(agrees, "a FAILED entry agrees with the service", entry);
                require(unknown || !isThere(entry), "what FAILED, its effect known, has left no backup", entry);
            }
        }
    }
}
