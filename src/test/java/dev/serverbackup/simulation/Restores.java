package dev.serverbackup.simulation;

import dev.serverbackup.backup.BackupOperation;
import dev.serverbackup.backup.BackupOperations;
import dev.serverbackup.backup.OperationResult;
import dev.serverbackup.cli.UnansweredException;
import dev.serverbackup.cli.restore.RestoreRule;
import dev.serverbackup.cli.restore.RestoreSteps;
import dev.serverbackup.request.ServerName;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.Function;
import software.amazon.awssdk.core.exception.SdkException;

/** People who restore servers, several of them at once now and then, and who ask again when their program has ended. */
final class Restores {
    private static final Duration AHEAD = Duration.ofMinutes(3);

    private final Stage stage;
    private final World world;
    private final SimulatedFaults faults;
    private final Function<SimulatedFaults, Worker> processes;
    private int asked;

    /** @param processes starts one in which this goes wrong */
    Restores(Stage stage, SimulatedFaults faults, Function<SimulatedFaults, Worker> processes) {
        this.stage = stage;
        this.world = stage.world;
        this.faults = faults;
        this.processes = processes;
    }

    /** At two moments, which several may choose. */
    void plan() {
        long[] moments = {faults.moment(), faults.moment()};
        for (int people = world.chance.nextInt(5); people > 0; people--) {
            ServerName server =
                    stage.fleet.get(world.chance.nextInt(stage.fleet.size())).name();
            long moment = moments[world.chance.nextInt(moments.length)] + faults.jitter();
            world.in(moment, () -> restore(server));
            if (world.chance.nextBoolean()) {
                long later = moment + faults.freeze();
                world.in(later, world.chance.nextBoolean() ? () -> restore(server) : () -> follow(server, faults));
            }
        }
    }

    /** Each server's last restore is followed to its end by one to whom nothing happens. */
    void atTheEnd(SimulatedFaults quiet) {
        stage.fleet.forEach(server -> follow(server.name(), quiet));
        world.run();
        stage.restores.atTheEnd(!quiet.mood().deadLooks());
    }

    private void restore(ServerName server) {
        String id = "%032x".formatted(++asked);
        run(faults, "restores " + server, steps -> steps.restore(server, id));
    }

    private void follow(ServerName server, SimulatedFaults trouble) {
        run(trouble, "follows the restore of " + server, steps -> steps.follow(server));
    }

    private void run(SimulatedFaults trouble, String what, Consumer<RestoreSteps> work) {
        Worker worker = processes.apply(trouble);
        worker.start(() -> {
            worker.tell(() -> "a person " + what);
            try {
                work.accept(steps(worker));
            } catch (SdkException | UnansweredException e) {
                worker.tell(() -> "the program ends: " + e.getMessage());
            }
        });
    }

    private RestoreSteps steps(Worker worker) {
        boolean hasty = stage.broken.withoutRules.contains(RestoreRule.LOOKED_FOR_UNTIL_SHOWN);
        InstantSource clock = hasty ? () -> worker.instant().plus(AHEAD) : worker;
        return new RestoreSteps(
                new RestoreTable(stage, new TableAccess(worker, world)),
                operations(worker),
                clock,
                // Longer than the program waits, or there would be thousands of looks.
                pause -> worker.pause(pause.toMillis()
                        + worker.faults().nextLong(Duration.ofMinutes(2).toMillis())),
                stage.broken.withoutRules);
    }

    private BackupOperations operations(Worker worker) {
        return stage.broken.withoutRules.contains(RestoreRule.NEVER_SENT_AGAIN)
                ? new SimulatedOperations(worker, world, stage.restores) {
                    @Override
                    public OperationResult.OfStart start(BackupOperation operation, Instant sendBefore) {
                        OperationResult.OfStart answer = super.start(operation, sendBefore);
                        return answer instanceof OperationResult.Doubtful ? super.start(operation, sendBefore) : answer;
                    }
                }
                : new SimulatedOperations(worker, world, stage.restores);
    }
}
