package dev.serverbackup.simulation;

import dev.serverbackup.Samples;
import dev.serverbackup.audit.AttemptId;
import dev.serverbackup.audit.AuditRepository;
import dev.serverbackup.audit.AuditRepository.CreateRunResult;
import dev.serverbackup.audit.AuditRepository.Replacement;
import dev.serverbackup.audit.AuditUnavailableException;
import dev.serverbackup.audit.Entry;
import dev.serverbackup.audit.EntryStatus;
import dev.serverbackup.audit.Run;
import dev.serverbackup.audit.RunStatus;
import dev.serverbackup.backup.BackupBackend;
import dev.serverbackup.backup.BackupError;
import dev.serverbackup.backup.BackupResult;
import dev.serverbackup.backup.BackupService;
import dev.serverbackup.backup.ErrorType;
import dev.serverbackup.backup.FindResult;
import dev.serverbackup.backup.ListResult;
import dev.serverbackup.followup.StartedEntry;
import dev.serverbackup.metrics.Metrics;
import dev.serverbackup.request.ServerName;
import dev.serverbackup.run.Backoff;
import dev.serverbackup.run.BackupRun;
import dev.serverbackup.run.Deadline;
import dev.serverbackup.run.ParallelExecutor;
import dev.serverbackup.run.RunDependencies;
import dev.serverbackup.run.SequentialWorkers;
import dev.serverbackup.server.Server;
import dev.serverbackup.server.Targets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * One delivery in the small model. Before each step to the outside it waits until somebody chooses how the step goes:
 * any one answer, or request, may be lost. What it has observed so far is all that its future depends on.
 */
final class SmallWorker implements ParallelExecutor, BackupService {
    private static final Targets ONE = new Targets(List.of(Samples.ALPHA), List.of(), List.of());
    private static final Deadline FAR_OFF = new Deadline(Timeline.START.plus(Duration.ofDays(30)));
    private static final BackupError LOST = BackupError.doubtful(ErrorType.NO_ANSWER, "no answer in time");
    private static final String AGAIN = "to be sent again";

    private final String name;
    private final SmallPath played;
    private final SmallSystem system;
    private final boolean quiet;
    private Coroutine coroutine;
    private List<Option> options = List.of();
    private boolean killed;
    private final List<Object> observed = new ArrayList<>();
    private int attempts;
    private boolean tookOver;
    private int stages;
    private RunStatus statusRead = RunStatus.RUNNING;

    /** A way for a step to go. */
    record Option(String label, BooleanSupplier enabled, Supplier<?> effect) {
        static Option of(String label, Supplier<?> effect) {
            return new Option(label, () -> true, effect);
        }
    }

    /** @param quiet nothing goes wrong, and nobody is asked: every step goes its first way */
    SmallWorker(String name, SmallPath played, SmallSystem system, boolean quiet) {
        this.name = name;
        this.played = played;
        this.system = system;
        this.quiet = quiet;
    }

    /** Delivers the event, up to the first step. */
    void start(BrokenRule broken) {
        coroutine = new Coroutine(() -> played.guarded(() -> deliver(broken)));
        coroutine.resume();
    }

    private void deliver(BrokenRule broken) {
        AuditRepository table = Call.each(AuditRepository.class, system.table, this::access);
        Outside ways = new Outside(system, system.servers, table, this);
        broken.inDeliveries.accept(ways);
        RunDependencies dependencies = new RunDependencies(
                ways.to(AuditRepository.class),
                BackupBackend.OPSWORKS_CM,
                ways.to(BackupService.class),
                Scenario.TIMEOUTS,
                new Backoff(Scenario.TIMEOUTS.retryDelay(), () -> 0L),
                system,
                this::nextAttempt,
                Metrics.NONE);
        new BackupRun(_ -> ONE, dependencies, this).run(Samples.request(SmallSystem.RUN), _ -> true, FAR_OFF);
        if (system.runsCommands) {
            ways.to(AuditRepository.class)
                    .entry(SmallSystem.RUN, SmallSystem.TARGET.server())
                    .ifPresent(entry -> followUp(dependencies, entry));
        }
    }

    /**
     * As the follow-up does with what was started. The delivery is over; of what it saw, nothing matters to what follows
     * but the instant: a look is judged by it.
     */
    private void followUp(RunDependencies dependencies, Entry entry) {
        tookOver = false;
        statusRead = RunStatus.RUNNING;
        comesTo("follow", entry, system.instant());
        if (entry.status() == EntryStatus.STARTED) {
            StartedEntry.follow(dependencies, FAR_OFF, entry);
        }
    }

    /**
     * Where the run hands its entries to its workers, to be created and to be attempted, all that it has observed comes
     * to these entries, and to the run's status as it was read: with one target there is nothing else that the rest
     * depends on. So many paths meet here.
     */
    @Override
    public <T> List<T> each(List<T> items, UnaryOperator<T> step) {
        if (!items.isEmpty()) {
            comesTo(items, ++stages, statusRead);
        }
        return new SequentialWorkers().each(items, step);
    }

    /** Goes on to the next step, or to the end. */
    void resume() {
        coroutine.resume();
    }

    void end() {
        killed = true;
        while (!hasEnded()) {
            resume();
        }
    }

    boolean hasEnded() {
        return coroutine.hasEnded();
    }

    /** The ways that its next step can go. */
    List<Option> enabled() {
        List<Option> enabled = new ArrayList<>(options);
        enabled.removeIf(option -> !option.enabled().getAsBoolean());
        return enabled;
    }

    /** Called by the worker itself: waits until it is its turn, and goes the way that was chosen. */
    private Object step(Option... ways) {
        if (quiet) {
            return ways[0].effect().get();
        }
        options = new ArrayList<>(List.of(ways));
        options.add(new Option("crashes", () -> system.crashes > 0, this::crash));
        if (!played.isNext(this)) {
            coroutine.pause();
        }
        Option chosen = killed ? options.getLast() : enabled().get(played.nextWay());
        options = List.of();
        Object result = chosen.effect().get();
        system.trace(name, () -> chosen.label() + ": " + Trace.words(result));
        observed.add(
                List.of(result instanceof Waiting ? result.toString() : Optional.ofNullable(result), system.instant()));
        return result;
    }

    private Object crash() {
        system.crashes--;
        throw new Crash();
    }

    private Option lost(String label, Supplier<?> effect) {
        return lostBefore(Instant.MAX, label, effect);
    }

    private Option lostBefore(Instant sendBefore, String label, Supplier<?> effect) {
        return new Option(label, () -> system.losses > 0 && system.instant().isBefore(sendBefore), () -> {
            system.losses--;
            return effect.get();
        });
    }

    private Object access(Call<AuditRepository> call) {
        Object answer = switch (call.name()) {
            case "oversize" -> call.go();
            case "run", "entries", "entry" ->
                step(Option.of(call.name(), call::go), lost(call.name() + ", unanswered", this::unavailable));
            default -> write(call);
        };
        switch (answer) {
            case Optional<?> read when read.orElse(null) instanceof Run run -> statusRead = run.status();
            case CreateRunResult opening -> statusRead = opening.run().status();
            case Replacement.Replaced(var standing) -> hasWritten(call, standing, true);
            case Replacement.Conflict(var standing) -> hasWritten(call, standing, false);
            case null -> statusRead = call.argument(0, Run.class).status();
            default -> {}
        }
        return answer;
    }

    private Object write(Call<AuditRepository> call) {
        String what = call.name();
        Object answer = step(
                Option.of(what, call::go),
                lost(what + ", never arrives", this::unavailable),
                lost(what + ", unanswered", () -> {
                    call.go();
                    return unavailable();
                }),
                lost(what + ", unanswered, will be sent again", () -> {
                    call.go();
                    return AGAIN;
                }));
        return AGAIN.equals(answer) ? step(Option.of(what + ", sent again", call::go)) : answer;
    }

    private Object unavailable() {
        throw new AuditUnavailableException("no answer", null);
    }

    /**
     * After a write, the rest depends on the entry that stands, and on whether the last claim was taken over: then,
     * given back, it is claimed again.
     */
    private void hasWritten(Call<AuditRepository> replace, Entry standing, boolean written) {
        Entry seen = replace.argument(0, Entry.class);
        Entry next = replace.argument(1, Entry.class);
        if (written && !next.attemptId().equals(seen.attemptId())) {
            tookOver = seen.status() == EntryStatus.CALLING;
        }
        comesTo(standing, written, seen.status(), next.status(), tookOver, statusRead, system.instant());
    }

    /** What became of the transmission, before anything comes back. */
    private record Waiting(SmallSystem.Request request, boolean answered) {}

    @Override
    public BackupResult createBackup(Server called, String description, Instant sendBefore) {
        Object sent = step(
                Option.of("call", () -> send(description, sendBefore, true, true)),
                lostBefore(sendBefore, "call, answer lost", () -> send(description, sendBefore, true, false)),
                lostBefore(sendBefore, "call, request lost", () -> send(description, sendBefore, false, false)));
        return sent instanceof Waiting waiting ? await(waiting) : (BackupResult) sent;
    }

    private Object send(String description, Instant sendBefore, boolean arrives, boolean answered) {
        if (!system.instant().isBefore(sendBefore)) {
            return new BackupResult.NotSent();
        }
        system.invariants.sent(SmallSystem.TARGET, lastAttempt(), system.table, false);
        SmallSystem.Request request = system.new Request(description);
        if (!arrives) {
            system.invariants.ended(SmallSystem.TARGET);
        } else if (quiet) {
            request.takeEffect(false, true);
        } else {
            system.underWay.add(request);
        }
        return new Waiting(request, answered);
    }

    private BackupResult await(Waiting waiting) {
        return (BackupResult) step(
                new Option(
                        "answer",
                        () -> waiting.answered() && waiting.request().result().isPresent(),
                        () -> waiting.request().result().orElseThrow()),
                new Option("gives up", () -> !waiting.answered(), () -> new BackupResult.Doubtful(LOST)));
    }

    @Override
    public ListResult backupsOf(ServerName server, Instant since) {
        return (ListResult) step(
                Option.of("look", () -> system.servers.shown(server)),
                lost("look, unanswered", () -> new ListResult.Unavailable(LOST)));
    }

    @Override
    public FindResult backup(String backupId) {
        return (FindResult) step(Option.of("look up", () -> system.servers.shown(backupId)));
    }

    private AttemptId nextAttempt() {
        attempts++;
        return lastAttempt();
    }

    private AttemptId lastAttempt() {
        return new AttemptId(name + "/" + attempts);
    }

    /** From here on, this is all that what was observed so far comes to. */
    private void comesTo(Object... allThatMatters) {
        observed.clear();
        observed.add(List.of(allThatMatters));
    }

    /** Equal for equal futures. */
    Object key() {
        return hasEnded() ? "" : List.of(attempts, List.copyOf(observed));
    }
}
