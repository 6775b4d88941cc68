package dev.serverbackup.simulation;

import dev.serverbackup.Samples;
import dev.serverbackup.audit.Entry;
import dev.serverbackup.backup.Backup;
import dev.serverbackup.backup.BackupResult;
import dev.serverbackup.backup.BackupStatus;
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
import java.util.function.UnaryOperator;

/**
 * What the workers of the small model share: a clock, the table, the service, what is on its way, and what may go
 * wrong.
 */
final class SmallSystem implements InstantSource {
    static final RunId RUN = Samples.NIGHTLY;
    static final RunTarget TARGET = new RunTarget(RUN, Samples.ALPHA.name());
    private static final Duration SEND = Scenario.TIMEOUTS.callTimeout().plus(Scenario.TIMEOUTS.visibilityDelay());

    final FakeServers servers = new FakeServers(this);
    final Invariants invariants;
    final SimulatedTable table;
    /** Requests on their way to the service. */
    final List<Request> underWay = new ArrayList<>();

    final boolean runsCommands;
    /** How often a process may still crash. */
    int crashes;
    /** How many answers and requests may still be lost. */
    int losses;

    private final Trace trace;
    private final List<Command> commands = new ArrayList<>();
    private final boolean documentForgets;
    private Instant now = Timeline.START;
    private int refusals = 1;

    /** @param runsCommands whether the backend is Run Command: then one command refuses, and nothing crashes or is lost */
    SmallSystem(BrokenRule broken, Trace trace, boolean runsCommands) {
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
        return now;
    }

    void trace(String who, Supplier<String> what) {
        trace.add(Duration.between(Timeline.START, now).toMillis(), who, what);
    }

    void takeEffect(int request, boolean late) {
        underWay.remove(request).takeEffect(late, false);
        trace("service", () -> "takes effect" + (late ? ", is shown late" : ""));
    }

    /** In which ways commands may go on, all together. */
    List<Runnable> waysOfCommands() {
        return commands.stream().flatMap(command -> command.ways().stream()).toList();
    }

    void passTimeUntil(Instant instant) {
        now = instant.isAfter(now) ? instant : now;
    }

    /** The next that matters; none while a request must have had its effect before. */
    Optional<Instant> nextInstant() {
        return table.entry(RUN, TARGET.server())
                .flatMap(this::nextInstant)
                .filter(next -> underWay.stream().allMatch(request -> request.mayWaitUntil(next)));
    }

    /**
     * The last instant for sending, and those from which the code decides otherwise than before. Between them time makes no difference.
     */
    private Optional<Instant> nextInstant(Entry entry) {
        TreeSet<Instant> instants = new TreeSet<>();
        entry.leaseUntil().ifPresent(lease -> {
            instants.add(lease.minus(SEND).minusMillis(1));
            instants.add(lease);
            instants.add(entry.requestedAt()
                    .plus(Scenario.TIMEOUTS.completionWindow())
                    .plusMillis(1));
        });
        instants.add(entry.nextActionAt());
        instants.add(entry.requestedAt().plus(Scenario.TIMEOUTS.startWindow()).plusMillis(1));
        return Optional.ofNullable(instants.higher(now));
    }

    /** Equal for states with equal futures, but for the workers'. */
    List<Object> key() {
        List<Object> key = new ArrayList<>(List.of(now, crashes, losses, table.run(RUN), table.entries(RUN)));
        key.add(servers.state());
        key.add(underWay.toString());
        key.add(commands.toString());
        return key;
    }

    /**
     * A {@code CreateBackup} on its way: it takes effect within the call's time-out, and is shown within the visibility delay.
     */
    final class Request {
        private final Instant sentAt = now;
        private final String description;
        private BackupResult result;

        Request(String description) {
            this.description = description;
        }

        /** @param quiet whether nothing goes wrong any more: then a command succeeds at once */
        void takeEffect(boolean late, boolean quiet) {
            invariants.ended(TARGET);
            Duration hidden = late ? Duration.between(now, sentAt.plus(SEND).minusMillis(1)) : Duration.ZERO;
            result = runsCommands
                    ? servers.send(TARGET.server(), description, hidden)
                    : servers.create(TARGET.server(), description, hidden);
            if (result instanceof BackupResult.Started started) {
                invariants.accepted(TARGET, started.backup());
                if (runsCommands) {
                    Command command = new Command(started.backup());
                    commands.add(command);
                    if (quiet) {
                        command.succeeds();
                    }
                }
            }
        }

        boolean mayWaitUntil(Instant instant) {
            return instant.isBefore(sentAt.plus(Scenario.TIMEOUTS.callTimeout()));
        }

        Optional<BackupResult> result() {
            return Optional.ofNullable(result);
        }

        @Override
        public String toString() {
            return sentAt + " " + description;
        }
    }

    /** A Run Command command that was accepted: its document makes the backup, or refuses, and may run again. */
    private final class Command {
        private final Backup backup;
        private State state = State.SENT;

        /** Where it is: the status says that a refusal ended only some time after it was printed. */
        private enum State {
            SENT,
            REFUSAL_PRINTED,
            REFUSED,
            SUCCEEDED
        }

        Command(Backup backup) {
            this.backup = backup;
        }

        List<Runnable> ways() {
            return switch (state) {
                case SENT -> refusals > 0 ? List.of(this::succeeds, this::printsRefusal) : List.of(this::succeeds);
                case REFUSAL_PRINTED -> List.of(this::refuses);
                case REFUSED -> documentForgets ? List.of(this::runsAgain) : List.of();
                case SUCCEEDED -> List.of();
            };
        }

        private void printsRefusal() {
            refusals--;
            invariants.refused(TARGET, backup.id());
            goesOn(State.REFUSAL_PRINTED, one -> one.with(SimulatedCommands.PRINTED_REFUSAL, true));
        }

        private void refuses() {
            goesOn(State.REFUSED, one -> FakeServers.failedAs(one, ErrorType.INVALID_STATE.name(), "busy", false));
        }

        private void runsAgain() {
            invariants.accepted(TARGET, backup);
            succeeds();
        }

        private void succeeds() {
            goesOn(State.SUCCEEDED, one -> one.with(Backup.STATUS, BackupStatus.OK.name()));
        }

        private void goesOn(State next, UnaryOperator<Backup> change) {
            state = next;
            servers.change(backup.id(), change);
            invariants.truth.observe(servers.all());
            trace("service", () -> "a command goes on: " + this);
        }

        @Override
        public String toString() {
            return backup.id() + " " + state;
        }
    }
}
