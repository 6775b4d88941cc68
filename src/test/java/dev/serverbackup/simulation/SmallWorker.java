package dev.serverbackup.simulation;

import dev.serverbackup.Samples;
import dev.serverbackup.audit.AttemptId;
import dev.serverbackup.audit.AuditRepository;
import dev.serverbackup.audit.AuditRepository.Replacement;
import dev.serverbackup.audit.Entry;
import dev.serverbackup.audit.EntryStatus;
import dev.serverbackup.audit.RunStatus;
import dev.serverbackup.backup.BackupBackend;
import dev.serverbackup.backup.BackupService;
import dev.serverbackup.followup.StartedEntry;
import dev.serverbackup.metrics.Metrics;
import dev.serverbackup.run.Backoff;
import dev.serverbackup.run.BackupRun;
import dev.serverbackup.run.Deadline;
import dev.serverbackup.run.ParallelExecutor;
import dev.serverbackup.run.RunDependencies;
import dev.serverbackup.run.SequentialWorkers;
import dev.serverbackup.server.Targets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * One delivery in the small model. Before each step to the outside it waits until somebody chooses how the step goes.
 * What it has observed so far is all that its future depends on.
 */
final class SmallWorker implements ParallelExecutor {
    private static final Targets ONE = new Targets(List.of(Samples.ALPHA), List.of(), List.of());
    private static final Deadline FAR_OFF = new Deadline(World.START.plus(Duration.ofDays(30)));

    private final String name;
    private final SmallGame game;
    private final SmallWorld world;
    private final boolean quiet;
    private Coroutine coroutine;
    private List<Option> options = List.of();
    private boolean killed;
    private long observed = 1;
    private long observedAgain = 7;
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
    SmallWorker(String name, SmallGame game, SmallWorld world, boolean quiet) {
        this.name = name;
        this.game = game;
        this.world = world;
        this.quiet = quiet;
    }

    /** Delivers the event, up to the first step. */
    void start(BrokenRule broken) {
        coroutine = new Coroutine(() -> game.guarded(() -> deliver(broken)));
        coroutine.resume();
    }

    private void deliver(BrokenRule broken) {
        SmallOutside real = new SmallOutside(world, this);
        Outside ways = new Outside(world, world.servers, real, real);
        broken.changeDelivery(ways);
        RunDependencies dependencies = new RunDependencies(
                ways.to(AuditRepository.class),
                BackupBackend.OPSWORKS_CM,
                ways.to(BackupService.class),
                Scenario.TERMS,
                new Backoff(Scenario.TERMS.retryDelay(), () -> 0L),
                world,
                this::nextAttempt,
                Metrics.NONE);
        new BackupRun(_ -> ONE, dependencies, this).run(Samples.request(SmallWorld.RUN), _ -> true, FAR_OFF);
        if (world.runsCommands()) {
            ways.to(AuditRepository.class)
                    .entry(SmallWorld.RUN, Samples.ALPHA.name())
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
        comesTo(List.of("follow", entry, world.millis()));
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
            comesTo(List.of(items, ++stages, statusRead));
        }
        return new SequentialWorkers().each(items, step);
    }

    /** Goes on to the next step, or to the end. */
    void resume() {
        coroutine.resume();
    }

    void kill() {
        killed = true;
        resume();
    }

    boolean isQuiet() {
        return quiet;
    }

    boolean hasEnded() {
        return coroutine.hasEnded();
    }

    List<Option> enabled() {
        List<Option> enabled = new ArrayList<>();
        for (Option option : options) {
            if (option.enabled().getAsBoolean()) {
                enabled.add(option);
            }
        }
        return enabled;
    }

    /** Called by the worker itself: waits until it is its turn, and goes the way that was chosen. */
    Object step(Option... ways) {
        if (quiet) {
            return ways[0].effect().get();
        }
        Option crash = new Option("crashes before: " + ways[0].label(), world::mayCrash, this::crash);
        options = new ArrayList<>(List.of(ways));
        options.add(crash);
        if (!game.isNext(this)) {
            coroutine.pause();
        }
        Option chosen = killed ? crash : enabled().get(game.nextWay());
        options = List.of();
        Object result = chosen.effect().get();
        world.tell(name, () -> chosen.label() + ": " + Trace.words(result));
        observe(result.toString() + world.millis());
        return result;
    }

    private Object crash() {
        world.crash();
        throw new Crash();
    }

    private void observe(String what) {
        for (int i = 0; i < what.length(); i++) {
            observed = observed * 1_000_003 + what.charAt(i);
            observedAgain = observedAgain * 31 + what.charAt(i) * 0x9E3779B97F4A7C15L;
        }
    }

    void hasRead(RunStatus status) {
        statusRead = status;
    }

    private AttemptId nextAttempt() {
        attempts++;
        return lastAttempt();
    }

    AttemptId lastAttempt() {
        return new AttemptId(name + "/" + attempts);
    }

    /**
     * After a write, the rest depends on the entry that stands, and on whether the last claim was taken over: then,
     * given back, it is claimed again.
     */
    void hasWritten(Entry seen, Entry next, Replacement replacement) {
        Entry standing = switch (replacement) {
            case Replacement.Replaced ours -> ours.entry();
            case Replacement.Conflict by -> by.actual();
        };
        boolean written = replacement instanceof Replacement.Replaced;
        if (written && !next.attemptId().equals(seen.attemptId())) {
            tookOver = seen.status() == EntryStatus.CALLING;
        }
        comesTo(List.of(standing, written, seen.status(), next.status(), tookOver, statusRead, world.millis()));
    }

    /** From here on, this is all that what was observed so far comes to. */
    private void comesTo(Object allThatMatters) {
        observed = 1;
        observedAgain = 7;
        observe(allThatMatters.toString());
    }

    /** Equal for equal futures. */
    List<Object> key() {
        return hasEnded() ? List.of() : List.of(observed, observedAgain, attempts);
    }
}
