package dev.serverbackup.simulation;

import dev.serverbackup.Samples;
import dev.serverbackup.backup.Backup;
import dev.serverbackup.backup.FakeServers;
import dev.serverbackup.request.RunId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What the workers of the small model share: a clock, the table, the service, what is on its way, and what may go
 * wrong.
 */
final class SmallWorld implements InstantSource {
    static final RunId RUN = Samples.NIGHTLY;

    final FakeServers servers = new FakeServers(this);
    final Invariants invariants;
    final SimulatedTable table;
    private final Trace trace;
    private final List<SmallRequest> underWay = new ArrayList<>();
    private final List<SmallCommand> commands = new ArrayList<>();
    private final boolean runsCommands;
    private final boolean documentForgets;
    private long now;
    private int crashes;
    private int losses;
    private int refusals = 1;

    /** @param runsCommands whether the backend is Run Command: then one command refuses, and nothing crashes or is lost */
    SmallWorld(BrokenRule broken, Trace trace, boolean runsCommands) {
        this.runsCommands = runsCommands;
        this.documentForgets = broken.documentForgetsRefusals();
        this.crashes = runsCommands ? 0 : 1;
        this.losses = runsCommands ? 0 : 1;
        this.trace = trace;
        this.invariants = new Invariants(this, broken.judgesEachStep());
        this.table = new SimulatedTable(invariants, broken.condition(), new Tally(), new Indexes(this));
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

    void send(SmallRequest request) {
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

    boolean refusalIsLeft() {
        return refusals > 0;
    }

    void refuses() {
        refusals--;
    }

    boolean documentForgets() {
        return documentForgets;
    }

    /** @param quiet whether nothing goes wrong any more: then it succeeds at once */
    void accepted(RunTarget target, Backup backup, boolean quiet) {
        SmallCommand command = new SmallCommand(target, backup);
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
        for (SmallCommand command : List.copyOf(commands)) {
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
        now = Math.max(now, Duration.between(World.START, instant).toMillis());
    }

    /** None while a request must have had its effect before. */
    private Optional<Long> nextInstant() {
        return table.entry(RUN, Samples.ALPHA.name())
                .flatMap(entry -> SmallInstants.after(now, entry))
                .filter(next -> underWay.stream().allMatch(request -> request.mayWaitUntil(next)));
    }

    /** Equal for states with equal futures, but for the workers'. */
    List<Object> key() {
        List<Object> key = new ArrayList<>(List.of(now, crashes, losses, table.run(RUN), table.entries(RUN)));
        key.add(servers.state());
        underWay.forEach(request -> key.add(request.key()));
        commands.forEach(command -> key.add(command.key()));
        return key;
    }
}
