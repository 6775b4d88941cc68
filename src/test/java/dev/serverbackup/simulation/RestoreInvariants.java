package dev.serverbackup.simulation;

import static dev.serverbackup.simulation.Violation.require;

import dev.serverbackup.backup.Backup;
import dev.serverbackup.backup.BackupError;
import dev.serverbackup.backup.BackupOperation;
import dev.serverbackup.backup.ErrorType;
import dev.serverbackup.backup.FakeServers;
import dev.serverbackup.backup.OperationResult;
import dev.serverbackup.cli.restore.RestoreRule;
import dev.serverbackup.request.ServerName;
import dev.serverbackup.simulation.Tally.Tried;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The rows of restores, what is sent, and what is true of it: each method throws where a promise is broken. */
final class RestoreInvariants implements SimulatedOperations.Commands {
    private static final Set<String> OPEN = Set.of("REQUESTED", "RUNNING");

    private final SimulatedSystem system;
    private final Timeline timeline;
    private final FakeServers servers;
    /** By server, and then by the number of the row. */
    private final Map<String, TreeMap<String, Map<String, AttributeValue>>> rows = new HashMap<>();

    private final Set<String> sent = new HashSet<>();
    private final Map<String, Command> begun = new HashMap<>();

    RestoreInvariants(SimulatedSystem system) {
        this.system = system;
        this.timeline = system.timeline;
        this.servers = system.service.servers;
    }

    private boolean isOff(RestoreRule rule) {
        return system.broken.withoutRules.contains(rule);
    }

    /**
     * @param visibleAt when a list shows it
     * @param standing how it stands, whatever anybody was told of it
     */
    private record Command(Instant visibleAt, OperationResult.OfState standing) {}

    private static String text(Map<String, AttributeValue> row, String name) {
        return row.get(name).s();
    }

    /** The rows of a partition, newest first. */
    List<Map<String, AttributeValue>> rows(String runId) {
        return List.copyOf(
                rows.getOrDefault(runId, new TreeMap<>()).descendingMap().values());
    }

    /**
     * A write arrives.
     *
     * @param replaced status and operation of the row that it replaces; absent: it replaces none
     * @return whether it was written
     */
    boolean written(Map<String, AttributeValue> row, Optional<Map.Entry<String, String>> replaced) {
        var partition = rows.computeIfAbsent(text(row, "runId"), _ -> new TreeMap<>());
        Optional<Map<String, AttributeValue>> standing = Optional.ofNullable(partition.get(text(row, "entry")));
        RestoreRule rule = replaced.isPresent() ? RestoreRule.WRITES_NAME_THE_STATUS : RestoreRule.ONE_ROW_OF_A_NUMBER;
        boolean asItSays = standing.map(one -> Map.entry(text(one, "status"), text(one, "operationId")))
                .equals(replaced);
        if (!asItSays && !isOff(rule)) {
            return false;
        }
        standing.filter(one -> !one.equals(row))
                .ifPresent(
                        one -> require(OPEN.contains(text(one, "status")), "an ended restore stays as it ended", row));
        judge(row, standing.map(one -> text(one, "status")).orElse(""));
        partition.put(text(row, "entry"), row);
        return true;
    }

    /** What a row says is so. */
    private void judge(Map<String, AttributeValue> row, String before) {
        String id = text(row, "operationId");
        Optional<OperationResult> standing = Optional.ofNullable(begun.get(id)).map(Command::standing);
        boolean isSo = switch (text(row, "status")) {
            case "RUNNING" -> standing.isPresent();
            case "SUCCEEDED" ->
                standing.filter(OperationResult.Succeeded.class::isInstance).isPresent();
            case "FAILED" -> standing.isEmpty() || standing.get() instanceof OperationResult.Failed;
            // Of one that was accepted nothing may be heard for days.
            case "UNKNOWN" -> standing.isEmpty() || before.equals("RUNNING");
            default -> true;
        };
        require(isSo, "what a row says of its restore is so", row);
    }

    @Override
    public void sent(BackupOperation operation) {
        timeline.tally.count(Tried.RESTORE);
        require(sent.add(operation.id()), "a restore is sent once", operation);
        List<Map<String, AttributeValue>> open = rows("restore#" + operation.server()).stream()
                .filter(row -> OPEN.contains(text(row, "status")))
                .toList();
        require(
                open.stream().anyMatch(row -> text(row, "operationId").equals(operation.id())),
                "the row of a restore stands before the call",
                operation);
        require(open.size() == 1, "no restore is sent while another one of its server is open", operation);
    }

    /** The agent runs the document a little later. */
    @Override
    public void begins(BackupOperation operation, SimulatedFaults faults, Duration hidden) {
        begun.put(
                operation.id(),
                new Command(timeline.instant().plus(hidden), new OperationResult.Running(operation.id())));
        timeline.in(faults.jitter(), () -> runs(operation, faults));
    }

    private void runs(BackupOperation operation, SimulatedFaults faults) {
        ServerName server = operation.server();
        boolean locked = system.commands.isLocked(server);
        if (locked && !isOff(RestoreRule.SERVERS_LOCK)) {
            timeline.tally.count(Tried.RESTORE_LOCKED_OUT);
            ends(operation, failed(ErrorType.INVALID_STATE, "a backup runs"));
            return;
        }
        require(!locked, "no restore runs while a backup or another restore of its server runs", operation);
        system.commands.lock(server, operation.id());
        boolean fails = !reads(operation.backup()) || faults.happens(Fault.BACKUP_FAILS);
        timeline.in(faults.work(), () -> {
            system.commands.unlock(server, operation.id());
            if (fails) {
                ends(operation, failed(ErrorType.RESTORE_FAILED, "the disk is full"));
            } else {
                timeline.tally.count(Tried.RESTORED);
                ends(operation, new OperationResult.Succeeded(operation.backup().id()));
            }
        });
    }

    /** @return whether the artefact is there */
    private boolean reads(Backup backup) {
        List<Backup> before = servers.all();
        if (isOff(RestoreRule.ARTEFACT_STAYS)) {
            servers.remove(backup.id());
        }
        require(servers.all().equals(before), "a restore changes no artefact", backup);
        return before.stream().anyMatch(one -> one.id().equals(backup.id()));
    }

    private void ends(BackupOperation operation, OperationResult.OfState standing) {
        Instant visibleAt = begun.get(operation.id()).visibleAt;
        begun.put(operation.id(), new Command(visibleAt, standing));
        timeline.trace("service", () -> "the restore " + operation.id() + " is " + standing);
    }

    private static OperationResult.OfState failed(ErrorType type, String why) {
        return new OperationResult.Failed(BackupError.known(type, why));
    }

    @Override
    public Optional<Instant> shownFrom(BackupOperation operation) {
        return Optional.ofNullable(begun.get(operation.id())).map(Command::visibleAt);
    }

    @Override
    public OperationResult.OfState state(BackupOperation operation, String startedAs) {
        return begun.get(startedAs).standing;
    }

    /**
     * When all is quiet, and a person has followed the last restore of each server.
     *
     * @param answered whether the service answers at all
     */
    void atTheEnd(boolean answered) {
        Map<String, String> statuses = new HashMap<>();
        rows.values()
                .forEach(partition ->
                        partition.values().forEach(row -> statuses.put(text(row, "operationId"), text(row, "status"))));
        for (String id : sent) {
            require(statuses.containsKey(id), "a restore that was sent has a row", id);
            require(!answered || !OPEN.contains(statuses.get(id)), "a restore comes to an end", id);
        }
    }
}
