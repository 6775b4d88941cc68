package dev.serverbackup.followup;

import dev.serverbackup.audit.Entry;
import dev.serverbackup.audit.FollowUpRepository;
import dev.serverbackup.audit.OpenRow;
import dev.serverbackup.audit.Row;
import dev.serverbackup.audit.Run;
import dev.serverbackup.audit.RunStatus;
import dev.serverbackup.backup.BackupBackend;
import dev.serverbackup.notification.Notification;
import dev.serverbackup.request.RunId;
import dev.serverbackup.run.BackupAttempt;
import dev.serverbackup.run.Deadline;
import dev.serverbackup.run.ParallelExecutor;
import dev.serverbackup.run.RateLimiter;
import dev.serverbackup.run.RunDependencies;
import dev.serverbackup.run.RunRecorder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does for one open row what can be done in one pass. Safe for use by several threads. */
final class OpenRowProcessor {
    private static final Logger LOG = LoggerFactory.getLogger(OpenRowProcessor.class);

    /** How many entries get their expiry between two checks of the clock. */
    private static final int PART = 100;

    /** A row that has ended. */
    sealed interface Finished {
        Notification notification();

        /** @param isNotified whether its notification has been sent already, and only retention is due */
        record OfEntry(Entry entry, boolean isNotified) implements Finished {
            @Override
            public Notification notification() {
                return NotificationMapper.of(entry);
            }
        }

        /** @param entries all of the run */
        record OfRun(Run run, List<Entry> entries) implements Finished {
            @Override
            public Notification notification() {
                return NotificationMapper.of(run, entries);
            }

            @Override
            public boolean isNotified() {
                return false;
            }
        }

        /** Whether its notification has been sent already. */
        boolean isNotified();
    }

    private final RunDependencies dependencies;
    private final FollowUpRepository repository;
    private final ParallelExecutor workers;
    private final RateLimiter rateLimiter;
    private final Deadline deadline;
    private final Completion completion;
    private final RunRecorder recorder;
    private final Map<RunId, BackupAttempt> attempts = new ConcurrentHashMap<>();

    OpenRowProcessor(
            RunDependencies dependencies,
            FollowUpRepository repository,
            ParallelExecutor workers,
            RateLimiter rateLimiter,
            Deadline deadline) {
        this.dependencies = dependencies;
        this.repository = repository;
        this.workers = workers;
        this.rateLimiter = rateLimiter;
        this.deadline = deadline;
        this.completion = new Completion(dependencies, repository, rateLimiter, deadline);
        this.recorder = new RunRecorder(dependencies.audit(), workers, dependencies.metrics());
    }

    /** Lets the service read in advance what it needs to start these rows. */
    void prepare(List<Row> read) {
        List<Entry> entries = read.stream()
                .filter(Row.OfEntry.class::isInstance)
                .map(row -> ((Row.OfEntry) row).entry())
                .filter(entry -> entry.backend() == dependencies.backend())
                .toList();
        BackupAttempt.prepare(
                dependencies,
                entries,
                () -> rateLimiter.take(
                        deadline.latestStart(dependencies.timeouts().callTimeout())));
    }

    /** Lets the service list the states of the started entries. */
    void list(List<Instant> requestedAt) {
        completion.list(requestedAt);
    }

    /** Does for a row what can be done now. Returns the row if it has ended. */
    Optional<Finished> handle(Row row, FollowUpCounters counters) {
        return switch (row) {
            case Row.OfEntry found ->
                isOurs(found.entry().backend(), counters) ? entry(found.entry(), counters) : Optional.empty();
            case Row.OfRun found -> isOurs(found.run().backend(), counters) ? run(found.run()) : Optional.empty();
            case Row.OfNotifiedEntry(var entry) -> Optional.of(new Finished.OfEntry(entry, true));
            case Row.OfNotifiedRun found -> {
                leave(found, counters);
                yield Optional.empty();
            }
            case Row.Closed _ -> Optional.empty();
            case Row.Unreadable unreadable -> {
                LOG.atError().addKeyValue("status", "UNREADABLE").log("a row can't be read: {}", unreadable.why());
                counters.unreadable();
                yield Optional.empty();
            }
        };
    }

    /** This backend knows nothing of another backend's backups, so it would judge them wrongly. */
    private boolean isOurs(BackupBackend backend, FollowUpCounters counters) {
        boolean ours = backend == dependencies.backend();
        if (!ours) {
            LOG.atError()
                    .addKeyValue("status", "OTHER_BACKEND")
                    .log(
                            "a row of the backend {} was skipped, since this stack now has {}: deploy with {} to let"
                                    + " it be finished",
                            backend,
                            dependencies.backend(),
                            backend);
            counters.otherBackend();
        }
        return ours;
    }

    private Optional<Finished> entry(Entry entry, FollowUpCounters counters) {
        Entry standing = switch (entry.status()) {
            case PENDING, CALLING -> attempt(entry.runId()).advance(entry);
            case STARTED -> completion.follow(entry);
            case SUCCEEDED, FAILED -> entry;
        };
        counters.entry(standing.status());
        return standing.status().isFinal() ? Optional.of(new Finished.OfEntry(standing, false)) : Optional.empty();
    }

    /** The same attempt as in a run, with the description that the run's row keeps. */
    private BackupAttempt attempt(RunId runId) {
        return attempts.computeIfAbsent(
                runId,
                id -> new BackupAttempt(
                        dependencies,
                        rateLimiter,
                        deadline,
                        dependencies.audit().run(id).orElseThrow().backupDescription()));
    }

    private Optional<Finished> run(Run run) {
        List<Entry> entries = recorder.complete(run, Map.of());
        Run standing = recorder.close(run, entries);
        if (standing.status() != RunStatus.RUNNING) {
            return Optional.of(new Finished.OfRun(standing, entries));
        }
        repository.postpone(
                run, dependencies.clock().instant().plus(dependencies.backoff().after(1)));
        return Optional.empty();
    }

    /** A run whose notification has just been sent. */
    void leaveNotified(Run run, FollowUpCounters counters) {
        if (repository.read(new OpenRow(run.runId().value(), OpenRow.RUN)) instanceof Row.OfNotifiedRun notified) {
            leave(notified, counters);
        }
    }

    /** The entries get their expiry before the run: while the run's row exists, its entries must exist. */
    private void leave(Row.OfNotifiedRun notified, FollowUpCounters counters) {
        Run run = notified.run();
        Optional<List<OpenRow>> left = repository.withoutExpiry(run);
        if (left.isEmpty()) {
            repository.postpone(
                    run,
                    dependencies.clock().instant().plus(dependencies.backoff().after(1)));
            return;
        }
        for (List<OpenRow> part : parts(left.get())) {
            if (dependencies.clock().instant().isAfter(deadline.latestStart(Duration.ZERO))) {
                counters.cutShort();
                return;
            }
            workers.each(part, entry -> {
                repository.expire(entry, notified.rowsExpireAt());
                return entry;
            });
        }
        repository.release(run);
    }

    private static List<List<OpenRow>> parts(List<OpenRow> rows) {
        return IntStream.iterate(0, from -> from < rows.size(), from -> from + PART)
                .mapToObj(from -> rows.subList(from, Math.min(from + PART, rows.size())))
                .toList();
    }
}
