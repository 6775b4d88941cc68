package dev.serverbackup.simulation;

import dev.serverbackup.audit.Verification;
import dev.serverbackup.audit.VerificationResult;
import dev.serverbackup.audit.VerificationResult.Outcome;
import dev.serverbackup.backup.BackupOperation;
import dev.serverbackup.request.ServerName;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** What is verified, and what is true of it: each method throws where a promise is broken. */
final class VerificationInvariants {
    private final World world;
    private final Map<String, Operation> operations = new HashMap<>();
    private final Map<String, Boolean> spoiled = new HashMap<>();
    private final Map<String, Instant> passedAt = new HashMap<>();
    private final Map<String, Instant> failedAt = new HashMap<>();

    VerificationInvariants(World world) {
        this.world = world;
    }

    /** @param visibleAt when a list shows it */
    private record Operation(ServerName server, String backupId, Instant visibleAt, Instant endsAt, Outcome outcome) {}

    private static void require(boolean holds, String promise, Object about) {
        if (!holds) {
            throw new Violation(promise + ": " + about);
        }
    }

    /** A command takes effect. */
    void begins(BackupOperation operation, long hidden, long work, boolean inconclusive) {
        String backup = operation.backup().id();
        boolean another = operations.values().stream()
                .anyMatch(one -> one.server.equals(operation.server()) && one.endsAt.isAfter(world.instant()));
        require(!another, "one verification at a time on a server", operation);
        boolean bad = spoiled.computeIfAbsent(backup, _ -> world.chance.nextInt(6) == 0);
        Operation begun = new Operation(
                operation.server(),
                backup,
                world.instant().plusMillis(hidden),
                world.instant().plusMillis(work),
                inconclusive ? Outcome.INCONCLUSIVE : bad ? Outcome.FAILED : Outcome.PASSED);
        require(operations.putIfAbsent(operation.id(), begun) == null, "no verification is sent twice", operation);
    }

    boolean shows(BackupOperation operation) {
        Operation one = operations.get(operation.id());
        return one != null && !one.visibleAt.isAfter(world.instant());
    }

    boolean runs(String id) {
        return operations.get(id).endsAt.isAfter(world.instant());
    }

    Outcome outcome(String id) {
        return operations.get(id).outcome;
    }

    /** An entry says how its verification ended. */
    void recorded(VerificationResult result) {
        boolean bad = spoiled.getOrDefault(result.backupId(), false);
        require(
                result.outcome() == Outcome.INCONCLUSIVE || bad == (result.outcome() == Outcome.FAILED),
                "what an entry says of its verification is so",
                result);
    }

    /** A server's row is written. */
    void written(Verification row) {
        row.passed().forEach(id -> passedAt.putIfAbsent(id, world.instant()));
        row.failed().forEach(id -> failedAt.putIfAbsent(id, world.instant()));
    }

    boolean hadPassed(String backupId, Instant by) {
        return passedAt.getOrDefault(backupId, Instant.MAX).isBefore(by);
    }

    boolean hadFailed(String backupId, Instant by) {
        return failedAt.getOrDefault(backupId, Instant.MAX).isBefore(by);
    }
}
