package dev.serverbackup.simulation;

import dev.serverbackup.Samples;
import dev.serverbackup.audit.Run;
import dev.serverbackup.backup.Backup;
import dev.serverbackup.request.RunId;
import dev.serverbackup.request.ServerName;
import dev.serverbackup.retention.RetentionPolicy;
import dev.serverbackup.retention.RetentionRule;
import dev.serverbackup.run.Timeouts;
import dev.serverbackup.server.Server;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What one seed stands for: some servers with a past, one or two runs, deliveries and passes of the follow-up at once,
 * close together, an hour or a day later, other backups in between; then passes at the times when something is due;
 * then quiet, and passes until nothing is open any more.
 */
final class Scenario {
    static final Timeouts TERMS = new Timeouts(
            Duration.ofSeconds(15),
            Duration.ofSeconds(45),
            Duration.ofMinutes(2),
            Duration.ofMinutes(1),
            Duration.ofHours(1),
            Duration.ofDays(1));

    private static final List<RunId> RUNS = List.of(new RunId("nightly"), new RunId("release-4711"));
    private static final List<Server> SERVERS = List.of(Samples.ALPHA, Samples.BRAVO, Samples.CHARLIE);

    /** What retention keeps; the calendar counts, too. */
    private static final List<String> RULES =
            List.of("0", "1", "2", "3", "daily 1", "daily 2", "last 1, weekly 1, monthly 2, yearly 3");

    /** So many undisturbed passes take to its end what is open when the completion window is over. */
    private static final int ENOUGH = 6;

    /** Before that, who waits comes as often as something is due. */
    private static final int PATIENCE = 200;

    private static final long TWO_HOURS = Duration.ofHours(2).toMillis();

    private final World world;
    private final SimulatedFaults faults;
    private final SimulatedFaults quiet;
    private final Stage stage;
    private SimulatedFaults present;
    private int workers;

    /** @param runsCommands whether the backend is Run Command instead of OpsWorks CM */
    Scenario(World world, BrokenRule broken, boolean runsCommands) {
        this.world = world;
        FaultRates rates = FaultRates.drawn(world.chance);
        this.faults = new SimulatedFaults(world, rates);
        this.quiet = new SimulatedFaults(world, rates.quiet());
        this.present = faults;
        List<Server> fleet = SERVERS.subList(0, 1 + world.chance.nextInt(SERVERS.size()));
        List<RunId> runs = RUNS.subList(0, 1 + world.chance.nextInt(RUNS.size()));
        RetentionPolicy policy = new RetentionPolicy(
                RetentionRule.parse(RULES.get(world.chance.nextInt(RULES.size()))),
                ZoneOffset.UTC,
                world.chance.nextInt(8) == 0);
        this.stage = new Stage(world, broken, fleet, runs, policy, runsCommands);
        if (runsCommands) {
            stage.service.whenEnded(this::ended);
        }
    }

    void play() {
        Past past = new Past(stage, faults);
        for (Server server : stage.fleet) {
            stage.service.servers.add(server.name());
            past.of(server);
            otherBackups(server);
        }
        if (world.chance.nextInt(10) == 0) {
            stage.service.servers.limitManualBackupsTo(
                    stage.service.servers.all().size());
        }
        stage.runs.forEach(this::deliveries);
        slots();
        if (!faults.rates.race()) {
            passes();
        }
        Restores restores = new Restores(stage, faults, trouble -> worker(Worker.Kind.RESTORE, trouble));
        if (stage.service.runsCommands) {
            restores.plan();
        }
        world.run();
        aftermath();
        restores.atTheEnd(quiet);
        stage.judgeTheEnd();
    }

    /** They keep a server busy. */
    private void otherBackups(Server server) {
        if (faults.rates.serverNeverFree()) {
            stage.service.servers.startOther(server.name(), Backup.MANUAL, "never ends", World.START);
        } else if (world.chance.nextInt(2) == 0) {
            world.in(faults.freeze(), () -> {
                Backup other = stage.service.servers.startOther(server.name(), "AUTOMATED", "", world.instant());
                world.tell("service", () -> "an automated backup of " + server.name() + " begins");
                world.in(faults.work(), () -> stage.service.endOther(other));
            });
        }
    }

    /** At up to three moments, several of them at much the same time. */
    private void deliveries(RunId runId) {
        long[] moments = {0, faults.moment(), faults.moment()};
        int deliveries = 1 + world.chance.nextInt(5);
        for (int i = 0; i < deliveries; i++) {
            long moment = moments[world.chance.nextInt(moments.length)];
            world.in(moment + faults.jitter(), () -> deliver(runId, faults));
        }
    }

    /** Events of the schedule: on time, a little early, late or never, and some twice. Now and then the stack's schedule is changed. */
    private void slots() {
        if (faults.rates.race() || world.chance.nextInt(3) != 0) {
            stage.schedule.switchOff();
            return;
        }
        for (Instant slot : stage.schedule.slots()) {
            long after = Duration.between(World.START, slot).toMillis();
            for (int events = world.chance.nextInt(3); events > 0; events--) {
                long delay = world.chance.nextBoolean() ? faults.jitter() : faults.freeze();
                long early = Math.min(after, faults.skew());
                world.in(after + delay - early, () -> {
                    if (delay > SimulatedSchedule.MISSED_AFTER.toMillis()) {
                        world.tally.count(Tally.Tried.LATE_EVENT);
                    }
                    deliver(SimulatedSchedule.runOf(slot), faults);
                });
            }
        }
        if (world.chance.nextInt(4) == 0) {
            world.in(faults.moment(), stage.schedule::change);
        }
    }

    private void passes() {
        long[] moments = {Duration.ofMinutes(5).toMillis(), faults.moment(), faults.moment()};
        int passes = world.chance.nextInt(4);
        for (int i = 0; i < passes; i++) {
            long moment = moments[world.chance.nextInt(moments.length)];
            world.in(moment + faults.jitter(), () -> pass(faults));
        }
    }

    private void deliver(RunId runId, SimulatedFaults trouble) {
        SimulatedInvocation.startDelivery(stage, worker(Worker.Kind.DELIVERY, trouble), runId);
    }

    /** EventBridge tells it as best it can: never, once or twice, at once or late. */
    private void ended(ServerName server) {
        for (int times = world.chance.nextInt(3); times > 0; times--) {
            long delay = world.chance.nextBoolean() ? faults.jitter() : faults.freeze();
            world.in(
                    delay,
                    () -> SimulatedInvocation.startPass(stage, worker(Worker.Kind.PASS, present), Optional.of(server)));
        }
    }

    private void pass(SimulatedFaults trouble) {
        present = trouble;
        SimulatedInvocation.startPass(stage, worker(Worker.Kind.PASS, trouble), Optional.empty());
    }

    private Worker worker(Worker.Kind kind, SimulatedFaults trouble) {
        Duration timeLeft =
                trouble == quiet ? Duration.ofMinutes(15) : Duration.ofSeconds(30 + world.chance.nextInt(870));
        return new Worker(world, trouble, kind, ++workers, timeLeft);
    }

    /** Passes at the times when something is due, at first troubled, then undisturbed. */
    private void aftermath() {
        for (int rounds = faults.rates.race() ? 0 : world.chance.nextInt(4); rounds > 0; rounds--) {
            long due = untilDue();
            for (int passes = 1 + world.chance.nextInt(2); passes > 0; passes--) {
                world.in(due + faults.jitter(), () -> pass(faults));
            }
            world.run();
        }
        int afterTheWindow = 0;
        for (int i = 0; isOpen(); i++) {
            afterTheWindow += isOver() ? 1 : 0;
            if (afterTheWindow > ENOUGH || i > PATIENCE) {
                throw new Violation("undisturbed, a bounded number of passes takes everything to its end");
            }
            undisturbed();
        }
    }

    private boolean isOpen() {
        return stage.indexes.nextDue().isPresent() || !allHaveBegun();
    }

    private boolean allHaveBegun() {
        return stage.runs.stream().allMatch(runId -> stage.table.run(runId).isPresent())
                && stage.schedule.nextMissed(stage.table).isEmpty();
    }

    /** Whether the last of the runs is over, whatever happens. */
    private boolean isOver() {
        Optional<Instant> last = Stream.concat(stage.runs.stream(), stage.schedule.runs(stage.table).stream())
                .flatMap(runId -> stage.table.run(runId).stream())
                .map(Run::requestedAt)
                .max(Instant::compareTo);
        return allHaveBegun()
                && world.instant()
                        .isAfter(last.orElseThrow()
                                .plus(TERMS.completionWindow())
                                .plus(TERMS.lease()));
    }

    /** An event is delivered until its run has begun, and sometimes once more. */
    private void undisturbed() {
        long wait = untilDue();
        if (isOver()) {
            wait = Math.max(wait, TERMS.lease().toMillis());
        } else if (world.chance.nextInt(3) == 0) {
            wait += world.chance.nextLong(world.chance.nextInt(3) == 0 ? 6 * TWO_HOURS : TWO_HOURS);
        }
        world.in(wait, () -> pass(quiet));
        for (RunId runId : stage.runs) {
            if (stage.table.run(runId).isEmpty() || world.chance.nextInt(8) == 0) {
                world.in(wait, () -> deliver(runId, quiet));
            }
        }
        world.run();
    }

    private long untilDue() {
        Instant due = Stream.concat(stage.indexes.nextDue().stream(), stage.schedule.nextMissed(stage.table).stream())
                .min(Instant::compareTo)
                .orElse(world.instant());
        return Math.max(0, Duration.between(world.instant(), due).toMillis());
    }
}
