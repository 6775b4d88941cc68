package dev.serverbackup.simulation;

import static dev.serverbackup.simulation.Violation.require;

import dev.serverbackup.audit.AuditRepository;
import dev.serverbackup.audit.Entry;
import dev.serverbackup.audit.InMemoryFollowUpRepository;
import dev.serverbackup.audit.OpenRow;
import dev.serverbackup.audit.Run;
import dev.serverbackup.audit.RunStatus;
import dev.serverbackup.backup.Backup;
import dev.serverbackup.notification.Notification;
import dev.serverbackup.request.RunId;
import dev.serverbackup.simulation.Tally.Tried;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Who is notified what, and when a row may leave {@code open}: each method throws where a promise is broken. */
final class NotificationInvariants {
    private final AuditRepository table;
    private final boolean eachStep;
    private final Map<OpenRow, Notification> notified = new HashMap<>();
    private final Map<OpenRow, Instant> left = new HashMap<>();

    /** @param eachStep whether to judge, too, what does no harm yet */
    NotificationInvariants(AuditRepository table, boolean eachStep) {
        this.table = table;
        this.eachStep = eachStep;
    }

    private static OpenRow key(Notification notification) {
        String[] id = notification.id().split("/", 2);
        return new OpenRow(id[0], id.length == 1 ? "run" : "server#" + id[1]);
    }

    /** Notifications come to the bus, which refuses some or all, or whose answer is lost. */
    Set<String> sent(Worker worker, List<Notification> notifications, Instant sendBefore) {
        SimulatedFaults faults = worker.faults;
        List<String> ids = notifications.stream().map(Notification::id).toList();
        return worker.step("notify of", ids, () -> {
            if (!worker.instant().isBefore(sendBefore)) {
                return Set.of();
            }
            boolean trouble = faults.happens(Fault.BUS_REFUSES);
            boolean answerLost = trouble && faults.happens(0.4);
            boolean refusesAll = trouble && !answerLost && faults.happens(0.5);
            Set<String> accepted = new HashSet<>();
            for (Notification notification : notifications) {
                boolean refused = refusesAll || (trouble && !answerLost && faults.happens(0.5));
                if (!refused) {
                    accepted(notification, worker.begun);
                    worker.count(Tried.NOTIFICATION);
                    accepted.add(notification.id());
                }
            }
            return answerLost ? Set.of() : accepted;
        });
    }

    /** @param begun when the pass began that sends it */
    private void accepted(Notification notification, Instant begun) {
        OpenRow key = key(notification);
        require(
                !eachStep || leftAt(key).filter(at -> at.isBefore(begun)).isEmpty(),
                "what had left before a pass began is nothing to it",
                notification);
        require(says(notification), "a notification says how its row stands, which is final", notification);
        Notification first = notified.putIfAbsent(key, notification);
        require(
                first == null || first.equals(notification),
                "every copy of a notification says the same",
                notification);
    }

    private boolean says(Notification notification) {
        RunId runId = new RunId(key(notification).runId());
        return switch (notification.kind()) {
            case RUN_FINISHED ->
                table.run(runId).filter(run -> says(notification, run)).isPresent();
            // What it says is judged by VerificationInvariants.
            case VERIFICATION_FAILED, DIGEST -> true;
            case BACKUP_FINISHED ->
                table.entries(runId).stream()
                        .filter(entry -> InMemoryFollowUpRepository.key(entry).equals(key(notification)))
                        .anyMatch(entry -> says(notification, entry));
        };
    }

    private static boolean says(Notification notification, Entry entry) {
        Optional<Object> type =
                Optional.ofNullable(notification.detail().get("error")).map(error -> ((Map<?, ?>) error).get("type"));
        return entry.status().isFinal()
                && entry.status().name().equals(notification.detail().get("status"))
                && entry.backup()
                        .<Object>map(Backup::id)
                        .equals(Optional.ofNullable(notification.detail().get("backupId")))
                && entry.error().<Object>map(error -> error.type().name()).equals(type);
    }

    private boolean says(Notification notification, Run run) {
        Map<String, Integer> counts = new HashMap<>();
        run.counts().forEach((status, count) -> counts.put(status.name(), count));
        return isClosed(run)
                && run.status().name().equals(notification.detail().get("status"))
                && counts.equals(notification.detail().get("counts"));
    }

    /** Whether it has its final status and counts, and they are those of its targets' final entries. */
    private boolean isClosed(Run run) {
        List<Entry> entries = table.entries(run.runId());
        Map<Object, Integer> counts = new HashMap<>();
        entries.forEach(entry -> counts.merge(entry.status(), 1, Integer::sum));
        return run.status() != RunStatus.RUNNING
                && entries.size() == run.targets().size()
                && entries.stream().allMatch(entry -> entry.status().isFinal())
                && run.status() == Invariants.status(run, entries)
                && (run.targets().isEmpty() || counts.equals(Map.copyOf(run.counts())));
    }

    /** A run's row gets its final status. */
    void settled(Run run) {
        require(isClosed(run), "a run is closed when each of its targets has its final entry", run);
    }

    /** A row leaves the index, and from then on its expiry counts. */
    void left(OpenRow row, Instant at) {
        require(notified.containsKey(row), "nothing leaves the index before its notification was accepted", row);
        left.put(row, at);
        if (row.entry().equals(OpenRow.RUN)) {
            require(hasLeft(table.entries(new RunId(row.runId()))), "a run leaves after its entries", row);
        }
    }

    Optional<Instant> leftAt(OpenRow row) {
        return Optional.ofNullable(left.get(row));
    }

    private boolean hasLeft(List<Entry> entries) {
        return entries.stream().allMatch(entry -> left.containsKey(InMemoryFollowUpRepository.key(entry)));
    }

    /** An entry gets its expiry. */
    void expires(OpenRow row) {
        RunId runId = new RunId(row.runId());
        require(
                notified.containsKey(new OpenRow(row.runId(), OpenRow.RUN)) && hasLeft(table.entries(runId)),
                "nothing expires before its whole run has ended",
                row);
    }

    /** A run gets its expiry: then each of its entries has one, and none expires later than the run. */
    void runExpires(Run run, Instant at, InMemoryFollowUpRepository rows) {
        for (Entry entry : table.entries(run.runId())) {
            require(
                    rows.expiresAt(InMemoryFollowUpRepository.key(entry))
                            .filter(entryAt -> !entryAt.isAfter(at))
                            .isPresent(),
                    "an entry expires no later than its run",
                    entry);
        }
    }

    /** When all is quiet and nothing is open any more. */
    void atTheEnd(List<RunId> runs) {
        for (RunId runId : runs) {
            Run run = table.run(runId).orElseThrow();
            require(isClosed(run), "a run comes to its end", run);
            hasLeft(InMemoryFollowUpRepository.key(run));
            for (Entry entry : table.entries(runId)) {
                require(entry.status().isFinal(), "every entry comes to its end", entry);
                hasLeft(InMemoryFollowUpRepository.key(entry));
            }
        }
    }

    private void hasLeft(OpenRow row) {
        require(notified.containsKey(row), "every row is notified of", row);
        require(left.containsKey(row), "every row leaves the index", row);
    }
}
