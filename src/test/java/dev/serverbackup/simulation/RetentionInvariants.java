package dev.serverbackup.simulation;

import static dev.serverbackup.simulation.Violation.require;

import dev.serverbackup.audit.Entry;
import dev.serverbackup.audit.EntryStatus;
import dev.serverbackup.audit.InMemoryAuditRepository;
import dev.serverbackup.audit.InMemoryFollowUpRepository;
import dev.serverbackup.backup.Backup;
import dev.serverbackup.retention.RetentionOracle;
import dev.serverbackup.retention.RetentionPolicy;
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

    private final InMemoryAuditRepository table;
    private final InMemoryFollowUpRepository repository;
    private final Truth truth;
    private final VerificationInvariants verified;
    private final RetentionPolicy policy;
    private final boolean eachStep;
    private final Set<String> deleted = new HashSet<>();

    RetentionInvariants(
            InMemoryAuditRepository table,
            InMemoryFollowUpRepository repository,
            Truth truth,
            VerificationInvariants verified,
            RetentionPolicy policy,
            boolean eachStep) {
        this.table = table;
        this.repository = repository;
        this.truth = truth;
        this.verified = verified;
        this.policy = policy;
        this.eachStep = eachStep;
    }

    /** {@code DeleteBackup} leaves a worker. */
    void sent(String id) {
        require(!policy.isOff() && !policy.dryRun(), "nothing is deleted where retention is off, or a dry run", id);
        require(!eachStep || repository.deletingAt(id).isPresent(), "an intention stands before the call", id);
    }

    /**
     * A deletion takes effect. One that somebody else deletes counts as kept: nobody can know before.
     *
     * @param begun when the pass began that deletes it: what was verified since, it can't know
     */
    void deleting(Backup backup, Instant begun) {
        Optional<Entry> entry = table.allEntries().stream()
                .filter(one -> one.status() == EntryStatus.SUCCEEDED)
                .filter(one -> one.backup().orElseThrow().id().equals(backup.id()))
                .findFirst();
        require(entry.isPresent() && backup.isManual(), "only what the audit knows as good is deleted", backup);
        require(!verified.hadFailed(backup.id(), begun), "what was found spoiled is left to people", backup);
        require(
                !verified.hadPassed(backup.id(), begun) || isVerifiedLater(entry.get()),
                "the newest verified backup of a server is kept",
                backup);
        List<Instant> newer = table.entriesOf(entry.get().serverName()).stream()
                .filter(one -> one.status() == EntryStatus.SUCCEEDED)
                .map(one -> one.backup().orElseThrow())
                .filter(one -> truth.wasGood(one.id()) && !deleted.contains(one.id()))
                .filter(one -> !verified.hadFailed(one.id(), begun))
                .filter(one -> OLDEST_FIRST.compare(one, backup) > 0)
                .map(Backup::createdAt)
                .toList();
        require(!newer.isEmpty(), "the newest good backup of a server is kept", backup);
        require(!RetentionOracle.keeps(policy, backup.createdAt(), newer), "what a rule keeps is kept", backup);
        deleted.add(backup.id());
    }

    /** Whether one that has succeeded later has passed a verification, too. */
    private boolean isVerifiedLater(Entry entry) {
        return table.entriesOf(entry.serverName()).stream()
                .filter(one -> one.status() == EntryStatus.SUCCEEDED)
                .filter(one -> !one.finishedAt()
                        .orElseThrow()
                        .isBefore(entry.finishedAt().orElseThrow()))
                .map(one -> one.backup().orElseThrow().id())
                .filter(id -> !id.equals(entry.backup().orElseThrow().id()) && !deleted.contains(id))
                .anyMatch(id -> verified.hadPassed(id, Instant.MAX));
    }

    /** The table says that a backup is deleted. */
    void recorded(String id) {
        require(truth.isGone(id), "only what is gone is recorded as deleted", id);
    }

    /** When all is quiet. */
    void atTheEnd() {
        for (String id : deleted) {
            require(repository.deletingAt(id).isPresent(), "what was deleted is on record", id);
        }
    }
}
