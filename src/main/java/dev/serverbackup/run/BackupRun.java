package dev.serverbackup.run;

import dev.serverbackup.audit.AuditRepository.CreateRunResult;
import dev.serverbackup.audit.AuditRepository.Oversize;
import dev.serverbackup.audit.Entry;
import dev.serverbackup.audit.Run;
import dev.serverbackup.audit.RunStatus;
import dev.serverbackup.audit.Target;
import dev.serverbackup.request.BackupRequest;
import dev.serverbackup.request.InvalidRequestException;
import dev.serverbackup.request.Plan;
import dev.serverbackup.request.ServerName;
import dev.serverbackup.server.Excerpt;
import dev.serverbackup.server.Preview;
import dev.serverbackup.server.Server;
import dev.serverbackup.server.ServerResolver;
import dev.serverbackup.server.Targets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Handles one request: writes the run's row and its entries, makes the attempts, and returns the report. A later
 * delivery of the same event uses the first one's targets, resumes open entries and changes nothing that is final. Safe
 * for use by several threads.
 */
public final class BackupRun {
    private static final Logger LOG = LoggerFactory.getLogger(BackupRun.class);

    private final ServerResolver resolver;
    private final RunDependencies dependencies;
    private final ParallelExecutor workers;

    public BackupRun(ServerResolver resolver, RunDependencies dependencies, ParallelExecutor workers) {
        this.resolver = resolver;
        this.dependencies = dependencies;
        this.workers = workers;
    }

    /**
     * Returns when all attempts have ended.
     *
     * @throws InvalidRequestException if it selects more targets than allowed, or others than its plan; or if its run
     *     id belongs to another request, or to a run of another backend
     * @throws dev.serverbackup.server.ServersUnavailableException if the tags could not be read; nothing is written
     *     then
     * @throws dev.serverbackup.audit.AuditUnavailableException if the audit could not be read or written; thrown after
     *     all other attempts have ended
     */
    public RunReport run(BackupRequest request, RateLimiter rateLimiter, Deadline deadline) {
        return LogScope.of(
                request.runId(),
                () -> request.dryRun() ? preview(request) : runForReal(request, rateLimiter, deadline));
    }

    private RunReport runForReal(BackupRequest request, RateLimiter rateLimiter, Deadline deadline) {
        Map<ServerName, Server> resolved = new HashMap<>();
        CreateRunResult opening = dependencies
                .audit()
                .run(request.runId())
                .<CreateRunResult>map(CreateRunResult.AlreadyOpen::new)
                .orElseGet(() -> open(request, resolved));
        Run run = opening.run();
        refuseAnother(request, run);
        refuseOtherBackend(run);
        // Every entry is written before the first call, so that a crash loses nothing.
        RunRecorder recorder = new RunRecorder(dependencies.audit(), workers, dependencies.metrics());
        List<Entry> entries = switch (opening) {
            case CreateRunResult.Opened _ -> recorder.writeAll(run, resolved);
            case CreateRunResult.AlreadyOpen _ -> recorder.complete(run, resolved);
        };
        BackupAttempt attempt = new BackupAttempt(dependencies, rateLimiter, deadline, run.backupDescription());
        BackupAttempt.prepare(
                dependencies,
                entries,
                () -> rateLimiter.take(
                        deadline.latestStart(dependencies.timeouts().callTimeout())));
        List<Entry> attempted = workers.each(entries, entry -> LogScope.of(entry, attempt::advance));
        recorder.close(run, attempted);
        RunReport report = RunReport.of(run, attempted);
        LOG.atInfo().addKeyValue("status", report.status()).log("{} targets: {}", report.targets(), report.counts());
        return report;
    }

    /**
     * Starts a run without any attempt: writes its row and its entries, which the follow-up then processes.
     *
     * @param request not a dry run
     * @return whether the run is new; otherwise it is unchanged
     * @throws InvalidRequestException as {@link #run}
     * @throws dev.serverbackup.server.ServersUnavailableException as {@link #run}
     * @throws dev.serverbackup.audit.AuditUnavailableException as {@link #run}; the follow-up writes the entries that
     *     are missing
     */
    public boolean open(BackupRequest request) {
        return LogScope.of(request.runId(), () -> {
            Map<ServerName, Server> resolved = new HashMap<>();
            return switch (open(request, resolved)) {
                case CreateRunResult.Opened(var run) -> {
                    new RunRecorder(dependencies.audit(), workers, dependencies.metrics()).writeAll(run, resolved);
                    yield true;
                }
                case CreateRunResult.AlreadyOpen _ -> false;
            };
        });
    }

    /**
     * Records that a slot was missed: writes the run's row, without targets, as final.
     *
     * @param at when the run should have been requested
     * @return whether the row is new; otherwise it is unchanged
     * @throws dev.serverbackup.audit.AuditUnavailableException if the audit could not be written
     */
    public boolean recordMissed(BackupRequest request, Instant at) {
        Targets none = new Targets(List.of(), List.of(), List.of());
        return dependencies.audit().open(newRun(request, none, RunStatus.MISSED, at)) instanceof CreateRunResult.Opened;
    }

    private RunReport preview(BackupRequest request) {
        Preview preview = resolver.preview(request.selector());
        refuseUnplanned(request, preview.targets());
        refuseOversize(begun(request, preview.targets()), servers(preview.targets()));
        return RunReport.dryRun(request.runId(), preview);
    }

    private Targets resolve(BackupRequest request) {
        Targets targets = resolver.select(request.selector());
        refuseUnplanned(request, targets);
        return targets;
    }

    /** Refuses a request whose targets are not those of its plan, or are too many. */
    private static void refuseUnplanned(BackupRequest request, Targets targets) {
        if (targets.servers().size() > request.maxTargets()) {
            throw new InvalidRequestException(
                    "detail.selector",
                    "it selects %d servers, but at most %d are allowed (maxTargets); nothing was called or written"
                            .formatted(targets.servers().size(), request.maxTargets()));
        }
        Plan found = targets.plan();
        request.plan().filter(plan -> !plan.equals(found)).ifPresent(plan -> {
            throw new InvalidRequestException(
                    "detail.plan",
                    "it is the plan of other targets than the %d that the selector finds now, whose plan is %s; nothing was"
                                    .formatted(targets.servers().size(), found)
                            + " called or written. Make a dry run again, check the targets that it lists, and send its"
                            + " plan");
        });
    }

    /** The first row that is written wins, so all deliveries of a run use the same targets. */
    private CreateRunResult open(BackupRequest request, Map<ServerName, Server> resolved) {
        Targets targets = resolve(request);
        Run run = begun(request, targets);
        resolved.putAll(servers(targets));
        refuseOversize(run, resolved);
        return dependencies.audit().open(run);
    }

    private static Map<ServerName, Server> servers(Targets targets) {
        return targets.servers().stream().collect(Collectors.toMap(Server::name, Function.identity()));
    }

    private Run begun(BackupRequest request, Targets targets) {
        RunStatus status = targets.servers().isEmpty() ? RunStatus.NO_TARGETS : RunStatus.RUNNING;
        return newRun(request, targets, status, dependencies.clock().instant());
    }

    private Run newRun(BackupRequest request, Targets targets, RunStatus status, Instant requestedAt) {
        return new Run(
                request.runId(),
                request.hash(),
                request.canonicalRequest(),
                request.description(),
                request.requestedBy(),
                dependencies.backend(),
                request.selector().json(),
                targets.servers().stream()
                        .map(server -> new Target(server.name(), server.arn()))
                        .toList(),
                Excerpt.of(targets.excluded()),
                Excerpt.of(targets.skipped()),
                status,
                new TreeMap<>(),
                requestedAt);
    }

    /** Refuses a run whose rows would not fit the table. */
    private void refuseOversize(Run run, Map<ServerName, Server> resolved) {
        dependencies
                .audit()
                .oversize(run, RunRecorder.pending(run, run.targets(), resolved))
                .ifPresent(large -> {
                    throw new InvalidRequestException(
                            "detail", large.server().isPresent() ? ofEntry(large) : ofRun(run, large));
                });
    }

    private static String ofRun(Run run, Oversize large) {
        return String.format(
                Locale.ROOT,
                "the row of this run in the audit table would take %,d bytes, and at most %,d are allowed: `selector`"
                    + " and `description` as sent and as resolved take %,d of them, the names and ARNs of %,d targets"
                    + " %,d; nothing was called or written. Shorten the request, or select fewer servers",
                large.bytes(),
                large.allowed(),
                bytes(large, "request", "selector"),
                run.targets().size(),
                bytes(large, "targets"));
    }

    private static long bytes(Oversize large, String... attributes) {
        return Stream.of(attributes)
                .mapToLong(attribute -> large.parts().getOrDefault(attribute, 0L))
                .sum();
    }

    private static String ofEntry(Oversize large) {
        return String.format(
                Locale.ROOT,
                "`selector` finds the server %s, whose row in the audit table would take %,d bytes, and at most %,d"
                        + " are allowed: its tags take %,d of them; nothing was called or written. Remove some of its"
                        + " tags, or leave it out",
                large.server().orElseThrow(),
                large.bytes(),
                large.allowed(),
                bytes(large, "tags"));
    }

    private static void refuseAnother(BackupRequest request, Run run) {
        if (!run.requestHash().equals(request.hash())) {
            throw new InvalidRequestException(
                    "detail.requestId",
                    "run %s exists with another request (its hash is %s, this one's %s); send the request with a new requestId"
                            .formatted(run.runId(), run.requestHash(), request.hash()));
        }
    }

    /** Only the other backend knows the state of that run's backups. */
    private void refuseOtherBackend(Run run) {
        if (run.backend() != dependencies.backend()) {
            throw new InvalidRequestException(
                    "detail.requestId",
                    "run %s was started with the backend %s, and this stack now has %s, which does not know that run's"
                                    .formatted(run.runId(), run.backend(), dependencies.backend())
                            + " backups; nothing was called or written. Send the request again with a new requestId,"
                            + " or deploy with the run's backend to let it be finished");
        }
    }
}
