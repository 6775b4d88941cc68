package dev.serverbackup.simulation;

import static dev.serverbackup.simulation.Violation.require;

import dev.serverbackup.audit.Entry;
import dev.serverbackup.audit.EntryStatus;
import dev.serverbackup.backup.Backup;
import dev.serverbackup.retention.RetentionOracle;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What may be deleted: each method throws where a promise is broken. */
final class RetentionInvariants {
    private static final Comparator<Backup> OLDEST_FIRST =
            Comparator.comparing(Backup::createdAt).thenComparing(Backup::id);

    private final SimulatedSystem system;
    private final Set<String> deleted = new HashSet<>();

    RetentionInvariants(SimulatedSystem system) {
        this.system = system;
    }

    /** {@code DeleteBackup} leaves a worker. */
    void sent(String id) {
        require(
                !system.retention.isOff() && !system.retention.dryRun(),
                "nothing is deleted where retention is off, or a dry run",
                id);
        require(
                !system.broken.judgesEachStep || system.rows.deletingAt(id).isPresent(),
                "an intention stands before the call",
                id);
    }

    /**
     * A deletion takes effect. One that somebody else deletes counts as kept: nobody can know before.
     *
     * @param begun when the pass began that deletes it: what was verified since, it can't know
     */
    void deleting(Backup backup, Instant begun) {
        Optional<Entry> entry = system.table.rows.allEntries().stream()
                .filter(one -> one.status() == EntryStatus.SUCCEEDED)
                .filter(one -> one.backup().orElseThrow().id().equals(backup.id()))
                .findFirst();
        require(entry.isPresent() && backup.isManual(), "only what the audit knows as good is deleted", backup);
        require(!system.verified.hadFailed(backup.id(), begun), "what was found spoiled is left to people", backup);
        require(
                !system.verified.hadPassed(backup.id(), begun) || isVerifiedLater(entry.get()),
                "the newest verified backup of a server is kept",
                backup);
        List<Instant> newer = system.table.rows.entriesOf(entry.get().serverName()).stream()
                .filter(one -> one.status() == EntryStatus.SUCCEEDED)
                .map(one -> one.backup().orElseThrow())
                .filter(one -> system.invariants.truth.wasGood(one.id()) && !deleted.contains(one.id()))
                .filter(one -> !system.verified.hadFailed(one.id(), begun))
                .filter(one -> OLDEST_FIRST.compare(one, backup) > 0)
                .map(Backup::createdAt)
                .toList();
        require(!newer.isEmpty(), "the newest good backup of a server is kept", backup);
        require(
                !RetentionOracle.keeps(system.retention, backup.createdAt(), newer),
                "what a rule keeps is kept",
                backup);
        deleted.add(backup.id());
    }

    /** Whether one that has succeeded later has passed a verification, too. */
    private boolean isVerifiedLater(Entry entry) {
        return system.table.rows.entriesOf(entry.serverName()).stream()
                .filter(one -> one.status() == EntryStatus.SUCCEEDED)
                .filter(one -> !one.finishedAt()
                        .orElseThrow()
                        .isBefore(entry.finishedAt().orElseThrow()))
                .map(one -> one.backup().orElseThrow().id())
                .filter(id -> !id.equals(entry.backup().orElseThrow().id()) && !deleted.contains(id))
                .anyMatch(id -> system.verified.hadPassed(id, Instant.MAX));
    }

    /** The table says that a backup is deleted. */
    void recorded(String id) {
        require(system.invariants.truth.isGone(id), "only what is gone is recorded as deleted", id);
    }

    /** When all is quiet. */
    void atTheEnd() {
        for (String id : deleted) {
            require(system.rows.deletingAt(id).isPresent(), "what was deleted is on record", id);
        }
    }
}
