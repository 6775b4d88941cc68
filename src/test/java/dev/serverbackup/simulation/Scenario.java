package dev.serverbackup.simulation;

import dev.serverbackup.InMemoryApplication;
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
    static final Timeouts TIMEOUTS = InMemoryApplication.TIMEOUTS;

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

    private final Timeline timeline;
    private final SimulatedFaults faults;
    private final SimulatedFaults quiet;
    private final SimulatedSystem system;
    private SimulatedFaults present;
    private int workers;

    /** @param runsCommands whether the backend is Run Command instead of OpsWorks CM */
    Scenario(Timeline timeline, BrokenRule broken, boolean runsCommands) {
        this.timeline = timeline;
        FaultRates rates = FaultRates.drawn(timeline.chance);
        this.faults = new SimulatedFaults(timeline, rates);
        this.quiet = new SimulatedFaults(timeline, rates.quiet());
        this.present = faults;
        List<Server> fleet = SERVERS.subList(0, 1 + timeline.chance.nextInt(SERVERS.size()));
        List<RunId> runs = RUNS.subList(0, 1 + timeline.chance.nextInt(RUNS.size()));
        RetentionPolicy policy = new RetentionPolicy(
                RetentionRule.parse(RULES.get(timeline.chance.nextInt(RULES.size()))),
                ZoneOffset.UTC,
                timeline.chance.nextInt(8) == 0);
        this.system = new SimulatedSystem(timeline, broken, fleet, runs, policy, runsCommands);
        if (runsCommands) {
            system.service.whenEnded(this::ended);
        }
    }

    void play() {
        EarlierBackups earlier = new EarlierBackups(system, faults);
        for (Server server : system.fleet) {
            system.service.servers.add(server.name());
            earlier.of(server);
            otherBackups(server);
        }
        if (timeline.chance.nextInt(10) == 0) {
            system.service.servers.limitManualBackupsTo(
                    system.service.servers.all().size());
        }
        system.runs.forEach(runId -> happens(1, 5, 0, () -> deliver(runId, faults)));
        slots();
        if (!faults.rates.race()) {
            happens(0, 4, Duration.ofMinutes(5).toMillis(), () -> pass(faults));
        }
        Restores restores = new Restores(system, faults, trouble -> worker(false, trouble));
        if (system.service.runsCommands) {
            restores.plan();
        }
        timeline.run();
        aftermath();
        restores.atTheEnd(quiet);
        system.judgeTheEnd();
    }

    /** They keep a server busy. */
    private void otherBackups(Server server) {
        if (faults.rates.serverNeverFree()) {
            system.service.servers.startOther(server.name(), Backup.MANUAL, "never ends", Timeline.START);
        } else if (timeline.chance.nextInt(2) == 0) {
            timeline.in(faults.freeze(), () -> {
                Backup other = system.service.servers.startOther(server.name(), "AUTOMATED", "", timeline.instant());
                timeline.trace("service", () -> "an automated backup of " + server.name() + " begins");
                timeline.in(faults.work(), () -> system.service.endOther(other));
            });
        }
    }

    /** At up to three moments, several of them at much the same time. */
    private void happens(int least, int variety, long first, Runnable event) {
        long[] moments = {first, faults.moment(), faults.moment()};
        for (int times = least + timeline.chance.nextInt(variety); times > 0; times--) {
            timeline.in(moments[timeline.chance.nextInt(moments.length)] + faults.jitter(), event);
        }
    }

    /** Events of the schedule: on time, a little early, late or never, and some twice. Now and then the stack's schedule is changed. */
    private void slots() {
        if (faults.rates.race() || timeline.chance.nextInt(3) != 0) {
            system.schedule.switchOff();
            return;
        }
        for (Instant slot : system.schedule.slots()) {
            long after = Duration.between(Timeline.START, slot).toMillis();
            for (int events = timeline.chance.nextInt(3); events > 0; events--) {
                long delay = timeline.chance.nextBoolean() ? faults.jitter() : faults.freeze();
                long early = Math.min(after, faults.skew());
                timeline.in(after + delay - early, () -> {
                    if (delay > SimulatedSchedule.MISSED_AFTER.toMillis()) {
                        timeline.tally.count(Tally.Tried.LATE_EVENT);
                    }
                    deliver(SimulatedSchedule.runOf(slot), faults);
                });
            }
        }
        if (timeline.chance.nextInt(4) == 0) {
            timeline.in(faults.moment(), system.schedule::change);
        }
    }

    private void deliver(RunId runId, SimulatedFaults trouble) {
        SimulatedInvocation.startDelivery(system, worker(false, trouble), runId);
    }

    /** EventBridge tells it as best it can: never, once or twice, at once or late. */
    private void ended(ServerName server) {
        for (int times = timeline.chance.nextInt(3); times > 0; times--) {
            long delay = timeline.chance.nextBoolean() ? faults.jitter() : faults.freeze();
            timeline.in(delay, () -> SimulatedInvocation.startPass(system, worker(true, present), Optional.of(server)));
        }
    }

    private void pass(SimulatedFaults trouble) {
        present = trouble;
        SimulatedInvocation.startPass(system, worker(true, trouble), Optional.empty());
    }

    private Worker worker(boolean isPass, SimulatedFaults trouble) {
        Duration timeLeft =
                trouble == quiet ? Duration.ofMinutes(15) : Duration.ofSeconds(30 + timeline.chance.nextInt(870));
        return new Worker(timeline, trouble, isPass, ++workers, timeLeft);
    }

    /** Passes at the times when something is due, at first troubled, then undisturbed. */
    private void aftermath() {
        for (int rounds = faults.rates.race() ? 0 : timeline.chance.nextInt(4); rounds > 0; rounds--) {
            long due = untilDue();
            for (int passes = 1 + timeline.chance.nextInt(2); passes > 0; passes--) {
                timeline.in(due + faults.jitter(), () -> pass(faults));
            }
            timeline.run();
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
        return system.indexes.nextDue().isPresent() || !allHaveBegun();
    }

    private boolean allHaveBegun() {
        return system.runs.stream().allMatch(runId -> system.table.run(runId).isPresent())
                && system.schedule.nextMissed(system.table).isEmpty();
    }

    /** Whether the last of the runs is over, whatever happens. */
    private boolean isOver() {
        Optional<Instant> last = Stream.concat(system.runs.stream(), system.schedule.runs(system.table).stream())
                .flatMap(runId -> system.table.run(runId).stream())
                .map(Run::requestedAt)
                .max(Instant::compareTo);
        return allHaveBegun()
                && timeline.instant()
                        .isAfter(last.orElseThrow()
                                .plus(TIMEOUTS.completionWindow())
                                .plus(TIMEOUTS.lease()));
    }

    /** An event is delivered until its run has begun, and sometimes once more. */
    private void undisturbed() {
        long wait = untilDue();
        if (isOver()) {
            wait = Math.max(wait, TIMEOUTS.lease().toMillis());
        } else if (timeline.chance.nextInt(3) == 0) {
            wait += timeline.chance.nextLong(timeline.chance.nextInt(3) == 0 ? 6 * TWO_HOURS : TWO_HOURS);
        }
        timeline.in(wait, () -> pass(quiet));
        for (RunId runId : system.runs) {
            if (system.table.run(runId).isEmpty() || timeline.chance.nextInt(8) == 0) {
                timeline.in(wait, () -> deliver(runId, quiet));
            }
        }
        timeline.run();
    }

    private long untilDue() {
        Instant due = Stream.concat(
                        system.indexes.nextDue().stream(), system.schedule.nextMissed(system.table).stream())
                .min(Instant::compareTo)
                .orElse(timeline.instant());
        return Math.max(0, Duration.between(timeline.instant(), due).toMillis());
    }
}
