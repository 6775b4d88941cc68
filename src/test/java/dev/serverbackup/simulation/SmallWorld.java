package dev.serverbackup.simulation;

import dev.serverbackup.Samples;
import dev.serverbackup.audit.Entry;
import dev.serverbackup.backup.Backup;
import dev.serverbackup.backup.BackupResult;
import dev.serverbackup.backup.ErrorType;
import dev.serverbackup.backup.FakeServers;
import dev.serverbackup.request.RunId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * What the workers of the small model share: a clock, the table, the service, what is on its way, and what may go
 * wrong.
 */
final class SmallWorld implements InstantSource {
    static final RunId RUN = Samples.NIGHTLY;
    private static final Duration SEND = Scenario.TERMS.callTimeout().plus(Scenario.TERMS.visibilityDelay());

    final FakeServers servers = new FakeServers(this);
    final Invariants invariants;
    final SimulatedTable table;
    private final Trace trace;
    private final List<Request> underWay = new ArrayList<>();
    private final List<Command> commands = new ArrayList<>();
    private final boolean runsCommands;
    private final boolean documentForgets;
    private long now;
    private int crashes;
    private int losses;
    private int refusals = 1;

    /** @param runsCommands whether the backend is Run Command: then one command refuses, and nothing crashes or is lost */
    SmallWorld(BrokenRule broken, Trace trace, boolean runsCommands) {
        this.runsCommands = runsCommands;
        this.documentForgets = broken.documentForgetsRefusals;
        this.crashes = runsCommands ? 0 : 1;
        this.losses = runsCommands ? 0 : 1;
        this.trace = trace;
        this.invariants = new Invariants(this, broken.judgesEachStep);
        this.table = new SimulatedTable(invariants, broken.condition, new Tally(), new Indexes(this));
        servers.add(Samples.ALPHA.name());
    }

    @Override
    public Instant instant() {
        return World.START.plusMillis(now);
    }

    @Override
    public long millis() {
        return now;
    }

    void tell(String who, Supplier<String> what) {
        trace.add(now, who, what);
    }

    boolean mayCrash() {
        return crashes > 0;
    }

    void crash() {
        crashes--;
    }

    boolean mayLose() {
        return losses > 0;
    }

    void lose() {
        losses--;
    }

    void send(Request request) {
        underWay.add(request);
    }

    int requestsUnderWay() {
        return underWay.size();
    }

    void takeEffect(int request, boolean late) {
        underWay.remove(request).takeEffect(this, late, false);
        tell("service", () -> "takes effect" + (late ? ", is shown late" : ""));
    }

    boolean runsCommands() {
        return runsCommands;
    }

    /** @param quiet whether nothing goes wrong any more: then it succeeds at once */
    void accepted(RunTarget target, Backup backup, boolean quiet) {
        Command command = new Command(target, backup);
        commands.add(command);
        if (quiet) {
            command.goOn(this, 0);
        }
    }

    /** In how many ways commands may go on, all together. */
    int waysOfCommands() {
        return commands.stream().mapToInt(command -> command.ways(this)).sum();
    }

    void goOn(int way) {
        int left = way;
        for (Command command : List.copyOf(commands)) {
            int ways = command.ways(this);
            if (left < ways) {
                command.goOn(this, left);
                tell("service", () -> "a command goes on: " + command.key());
                return;
            }
            left -= ways;
        }
        throw new IllegalArgumentException("no command goes on in way " + way);
    }

    boolean timeMayPass() {
        return nextInstant().isPresent();
    }

    /** To the next instant that matters. */
    void passTime() {
        now = nextInstant().orElseThrow();
    }

    void passTimeUntil(Instant instant) {
        now = Math.max(now, millis(instant));
    }

    /** None while a request must have had its effect before. */
    private Optional<Long> nextInstant() {
        return table.entry(RUN, Samples.ALPHA.name())
                .flatMap(this::nextInstant)
                .filter(next -> underWay.stream().allMatch(request -> request.mayWaitUntil(next)));
    }

    /**
     * The next instant that matters: the last one for sending, and those from which the code decides otherwise than
     * before. Between them time makes no difference.
     */
    private Optional<Long> nextInstant(Entry entry) {
        TreeSet<Long> instants = new TreeSet<>();
        entry.leaseUntil().ifPresent(lease -> {
            instants.add(millis(lease.minus(SEND)) - 1);
            instants.add(millis(lease));
            instants.add(millis(entry.requestedAt().plus(Scenario.TERMS.completionWindow())) + 1);
        });
        instants.add(millis(entry.nextActionAt()));
        instants.add(millis(entry.requestedAt().plus(Scenario.TERMS.startWindow())) + 1);
        return Optional.ofNullable(instants.higher(now));
    }

    private static long millis(Instant instant) {
        return Duration.between(World.START, instant).toMillis();
    }

    /** Equal for states with equal futures, but for the workers'. */
    List<Object> key() {
        List<Object> key = new ArrayList<>(List.of(now, crashes, losses, table.run(RUN), table.entries(RUN)));
        key.add(servers.state());
        underWay.forEach(request -> key.add(request.key()));
        commands.forEach(command -> key.add(command.key()));
        return key;
    }

    /**
     * A {@code CreateBackup} on its way: it takes effect within the call's time-out, and is shown within the visibility delay.
     */
    static final class Request {
        private static final long CALL = Scenario.TERMS.callTimeout().toMillis();
        private static final long SHOWN =
                CALL + Scenario.TERMS.visibilityDelay().toMillis();

        private final long sentAt;
        private final String description;
        private BackupResult result;

        Request(long sentAt, String description) {
            this.sentAt = sentAt;
            this.description = description;
        }

        /** @param quiet whether nothing goes wrong any more */
        void takeEffect(SmallWorld world, boolean late, boolean quiet) {
            RunTarget target = new RunTarget(RUN, Samples.ALPHA.name());
            world.invariants.ended(target);
            Duration hidden = late ? Duration.ofMillis(sentAt + SHOWN - 1 - world.millis()) : Duration.ZERO;
            result = world.runsCommands
                    ? world.servers.send(target.server(), description, hidden)
                    : world.servers.create(target.server(), description, hidden);
            if (result instanceof BackupResult.Started started) {
                world.invariants.accepted(target, started.backup());
                if (world.runsCommands) {
                    world.accepted(target, started.backup(), quiet);
                }
            }
        }

        boolean mayWaitUntil(long instant) {
            return instant < sentAt + CALL;
        }

        Optional<BackupResult> result() {
            return Optional.ofNullable(result);
        }

        Object key() {
            return List.of(sentAt, description);
        }
    }

    /** A Run Command command that was accepted: its document makes the backup, or refuses, and may run again. */
    private static final class Command {
        private final RunTarget target;
        private final Backup backup;
        private State state = State.SENT;

        /** Where it is: the status says that a refusal ended only some time after it was printed. */
        private enum State {
            SENT,
            REFUSAL_PRINTED,
            REFUSED,
            SUCCEEDED
        }

        Command(RunTarget target, Backup backup) {
            this.target = target;
            this.backup = backup;
        }

        /** How many ways it may go on from here. */
        int ways(SmallWorld world) {
            return switch (state) {
                case SENT -> world.refusals > 0 ? 2 : 1;
                case REFUSAL_PRINTED -> 1;
                case REFUSED -> world.documentForgets ? 1 : 0;
                case SUCCEEDED -> 0;
            };
        }

        /** Goes on in one of its ways; first come those in which it succeeds. */
        void goOn(SmallWorld world, int way) {
            switch (state) {
                case SENT -> {
                    if (way == 0) {
                        succeeds(world);
                    } else {
                        world.refusals--;
                        state = State.REFUSAL_PRINTED;
                        world.invariants.refused(target, backup.id());
                        world.servers.change(backup.id(), one -> one.with(SimulatedCommands.PRINTED_REFUSAL, true));
                    }
                }
                case REFUSAL_PRINTED -> {
                    state = State.REFUSED;
                    world.servers.change(
                            backup.id(),
                            one -> FakeServers.failedAs(one, ErrorType.INVALID_STATE.name(), "busy", false));
                }
                case REFUSED -> {
                    world.invariants.accepted(target, backup);
                    succeeds(world);
                }
                case SUCCEEDED -> throw new IllegalStateException("a command that succeeded goes on in no way");
            }
            world.invariants.truth.observe(world.servers.all());
        }

        private void succeeds(SmallWorld world) {
            state = State.SUCCEEDED;
            world.servers.finish(backup.id());
        }

        /** Equal for equal futures. */
        Object key() {
            return List.of(backup.id(), state);
        }
    }
}
