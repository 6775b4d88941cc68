package dev.serverbackup.simulation;

import static dev.serverbackup.simulation.Violation.require;

import dev.serverbackup.audit.Verification;
import dev.serverbackup.audit.VerificationRepository;
import dev.serverbackup.audit.VerificationResult;
import dev.serverbackup.audit.VerificationResult.Outcome;
import dev.serverbackup.backup.BackupError;
import dev.serverbackup.backup.BackupOperation;
import dev.serverbackup.backup.ErrorType;
import dev.serverbackup.backup.OperationResult;
import dev.serverbackup.request.ServerName;
import dev.serverbackup.simulation.Tally.Tried;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What is verified, and what is true of it: each method throws where a promise is broken. */
final class VerificationInvariants implements SimulatedOperations.Commands {
    private final Timeline timeline;
    private final Map<String, Operation> operations = new HashMap<>();
    private final Map<String, Boolean> spoiled = new HashMap<>();
    private final Map<String, Instant> passedAt = new HashMap<>();
    private final Map<String, Instant> failedAt = new HashMap<>();

    VerificationInvariants(Timeline timeline) {
        this.timeline = timeline;
    }

    /** @param visibleAt when a list shows it */
    private record Operation(ServerName server, Instant visibleAt, Instant endsAt, OperationResult.OfState end) {}

    @Override
    public void sent(BackupOperation operation) {
        timeline.tally.count(Tried.VERIFICATION);
    }

    @Override
    public void begins(BackupOperation operation, SimulatedFaults faults, Duration hidden) {
        Instant now = timeline.instant();
        Instant endsAt = now.plusMillis(faults.work());
        boolean inconclusive = faults.nextLong(8) == 0;
        boolean another = operations.values().stream()
                .anyMatch(one -> one.server.equals(operation.server()) && one.endsAt.isAfter(now));
        require(!another, "one verification at a time on a server", operation);
        String backup = operation.backup().id();
        boolean bad = spoiled.computeIfAbsent(backup, _ -> timeline.chance.nextInt(6) == 0);
        OperationResult.OfState end = inconclusive
                ? new OperationResult.Failed(BackupError.known(ErrorType.LIMIT_EXCEEDED, "no room to unpack"))
                : bad
                        ? new OperationResult.Failed(
                                BackupError.known(ErrorType.VERIFICATION_FAILED, "another SHA-256"))
                        : new OperationResult.Succeeded("size, SHA-256, pack");
        Operation begun = new Operation(operation.server(), now.plus(hidden), endsAt, end);
        require(operations.putIfAbsent(operation.id(), begun) == null, "no verification is sent twice", operation);
    }

    @Override
    public Optional<Instant> shownFrom(BackupOperation operation) {
        return Optional.ofNullable(operations.get(operation.id())).map(Operation::visibleAt);
    }

    @Override
    public OperationResult.OfState state(BackupOperation operation, String startedAs) {
        Operation one = operations.get(startedAs);
        return one.endsAt.isAfter(timeline.instant()) ? new OperationResult.Running(startedAs) : one.end;
    }

    /** The rows, of which each that is written is judged. */
    VerificationRepository judging(VerificationRepository rows) {
        return Call.each(VerificationRepository.class, rows, call -> {
            Object answer = call.go();
            if (Boolean.TRUE.equals(answer) && call.arguments().get(1) instanceof Verification next) {
                next.passed().forEach(id -> passedAt.putIfAbsent(id, timeline.instant()));
                next.failed().forEach(id -> failedAt.putIfAbsent(id, timeline.instant()));
            }
            if (Boolean.TRUE.equals(answer) && call.arguments().get(1) instanceof VerificationResult result) {
                timeline.tally.count(result.outcome());
                require(
                        result.outcome() == Outcome.INCONCLUSIVE
                                || spoiled.getOrDefault(result.backupId(), false)
                                        == (result.outcome() == Outcome.FAILED),
                        "what an entry says of its verification is so",
                        result);
            }
            return answer;
        });
    }

    boolean hadPassed(String backupId, Instant by) {
        return passedAt.getOrDefault(backupId, Instant.MAX).isBefore(by);
    }

    boolean hadFailed(String backupId, Instant by) {
        return failedAt.getOrDefault(backupId, Instant.MAX).isBefore(by);
    }
}
