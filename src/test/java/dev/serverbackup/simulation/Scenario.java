package dev.serverbackup.simulation;

import dev.serverbackup.Samples;
import dev.serverbackup.backup.Backup;
import dev.serverbackup.backup.FakeServers;
import dev.serverbackup.fleet.Server;
import dev.serverbackup.request.BackupRequest;
import dev.serverbackup.request.RunId;
import dev.serverbackup.run.Terms;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What one seed stands for: some servers, one or two runs, deliveries at once, close together, an hour or a day later,
 * other backups in between; then quiet, and late deliveries of the same events until nothing is due any more.
 */
final class Scenario {
    static final Terms TERMS = new Terms(
            Duration.ofSeconds(15),
            Duration.ofSeconds(45),
            Duration.ofMinutes(2),
            Duration.ofMinutes(1),
            Duration.ofHours(1),
            Duration.ofDays(1));

    private static final List<RunId> RUNS = List.of(new RunId("nightly"), new RunId("release-4711"));
    private static final List<Server> SERVERS = List.of(Samples.ALPHA, Samples.BRAVO, Samples.CHARLIE);
    private static final long TWO_HOURS = Duration.ofHours(2).toMillis();
    private static final int PATIENCE = 200;

    private final World world;
    private final BrokenRule broken;
    private final Faults faults;
    private final Faults quiet;
    private final FakeServers servers;
    private final Invariants invariants;
    private final Table table;
    private final List<Server> fleet;
    private final List<RunId> runs;
    private int workers;

    Scenario(World world, BrokenRule broken) {
        this.world = world;
        this.broken = broken;
        Mood mood = Mood.drawn(world.chance);
        this.faults = new Faults(world.chance, mood);
        this.quiet = new Faults(world.chance, mood.quiet());
        this.servers = new FakeServers(world);
        this.invariants = new Invariants(world, broken.judgesEachStep());
        this.table = new Table(invariants, broken.condition(), world.tally);
        this.fleet = SERVERS.subList(0, 1 + world.chance.nextInt(SERVERS.size()));
        this.runs = RUNS.subList(0, 1 + world.chance.nextInt(RUNS.size()));
    }

    void play() {
        fleet.forEach(server -> servers.add(server.name()));
        fleet.forEach(this::otherBackups);
        runs.forEach(this::deliveries);
        world.run();
        for (int i = 0; i < PATIENCE && somethingIsOpen(); i++) {
            finishWhatIsDue();
        }
        invariants.atTheEnd(table, runs);
    }

    /** Foreign backups keep a server busy; some look almost like ours. */
    private void otherBackups(Server server) {
        String ours = "copy of" + BackupRequest.marker(runs.getFirst());
        Instant twoDaysAgo = World.START.minus(Duration.ofDays(2));
        if (world.chance.nextInt(3) == 0) {
            servers.startOther(server.name(), Backup.MANUAL, ours, twoDaysAgo);
            servers.startOther(server.name(), "AUTOMATED", ours, World.START);
            servers.startOther(server.name(), Backup.MANUAL, ours + " by hand", World.START);
            servers.finish(server.name());
        }
        if (faults.mood().deafServer()) {
            servers.startOther(server.name(), Backup.MANUAL, "never ends", World.START);
        } else if (world.chance.nextInt(2) == 0) {
            world.in(faults.freeze(), () -> {
                servers.startOther(server.name(), "AUTOMATED", "", world.instant());
                world.tell("service", () -> "an automated backup of " + server.name() + " begins");
                world.in(faults.work(), () -> servers.finish(server.name()));
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

    private void deliver(RunId runId, Faults trouble) {
        Duration timeLeft = Duration.ofSeconds(30 + world.chance.nextInt(870));
        Worker worker = new Worker(world, trouble, "worker-" + ++workers, runId, timeLeft);
        new Delivery(world, table, servers, invariants, fleet, broken).startOn(worker);
    }

    private boolean somethingIsOpen() {
        return runs.stream().anyMatch(runId -> Due.isOpen(table, runId));
    }

    /** The same events once more, when the next entry is due or somewhat later. */
    private void finishWhatIsDue() {
        Instant due = Due.next(table, runs).orElse(world.instant());
        long wait = Math.max(0, Duration.between(world.instant(), due).toMillis());
        long more = world.chance.nextInt(3) == 0 ? world.chance.nextLong(TWO_HOURS) : 0;
        runs.forEach(runId -> world.in(wait + more, () -> deliver(runId, quiet)));
        world.run();
    }
}
