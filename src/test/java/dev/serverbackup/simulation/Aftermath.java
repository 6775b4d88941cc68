package dev.serverbackup.simulation;

import dev.serverbackup.audit.Run;
import dev.serverbackup.request.RunId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** What comes after the events: passes at the times when something is due, at first troubled, then undisturbed. */
final class Aftermath {
    /** So many undisturbed passes take to its end what is open when the completion window is over. */
    private static final int ENOUGH = 6;

    /** Before that, who waits comes as often as something is due. */
    private static final int PATIENCE = 200;

    private static final long TWO_HOURS = Duration.ofHours(2).toMillis();

    private final Stage stage;
    private final World world;
    private final SimulatedFaults faults;
    private final SimulatedFaults quiet;

    Aftermath(Stage stage, SimulatedFaults faults, SimulatedFaults quiet) {
        this.stage = stage;
        this.world = stage.world;
        this.faults = faults;
        this.quiet = quiet;
    }

    void play(BiConsumer<RunId, SimulatedFaults> delivery, Consumer<SimulatedFaults> pass) {
        for (int rounds = faults.mood().race() ? 0 : world.chance.nextInt(4); rounds > 0; rounds--) {
            long due = untilDue();
            for (int passes = 1 + world.chance.nextInt(2); passes > 0; passes--) {
                world.in(due + faults.jitter(), () -> pass.accept(faults));
            }
            world.run();
        }
        int afterTheWindow = 0;
        for (int i = 0; isOpen(); i++) {
            afterTheWindow += isOver() ? 1 : 0;
            if (afterTheWindow > ENOUGH || i > PATIENCE) {
                throw new Violation("undisturbed, a bounded number of passes takes everything to its end");
            }
            undisturbed(delivery, pass);
        }
    }

    private boolean isOpen() {
        return stage.open.nextDue().isPresent() || !allHaveBegun();
    }

    private boolean allHaveBegun() {
        return stage.runs.stream().allMatch(runId -> stage.table.run(runId).isPresent())
                && stage.schedule.nextMissed(stage.table).isEmpty();
    }

    private boolean isOver() {
        Optional<Instant> last = Stream.concat(stage.runs.stream(), stage.schedule.runs(stage.table).stream())
                .flatMap(runId -> stage.table.run(runId).stream())
                .map(Run::requestedAt)
                .max(Instant::compareTo);
        return allHaveBegun() && world.instant().isAfter(Scenario.over(last.orElseThrow()));
    }

    /** An event is delivered until its run has begun, and sometimes once more. */
    private void undisturbed(BiConsumer<RunId, SimulatedFaults> delivery, Consumer<SimulatedFaults> pass) {
        long wait = untilDue();
        if (isOver()) {
            wait = Math.max(wait, Scenario.TERMS.lease().toMillis());
        } else if (world.chance.nextInt(3) == 0) {
            wait += world.chance.nextLong(world.chance.nextInt(3) == 0 ? 6 * TWO_HOURS : TWO_HOURS);
        }
        world.in(wait, () -> pass.accept(quiet));
        for (RunId runId : stage.runs) {
            if (stage.table.run(runId).isEmpty() || world.chance.nextInt(8) == 0) {
                world.in(wait, () -> delivery.accept(runId, quiet));
            }
        }
        world.run();
    }

    private long untilDue() {
        Instant due = Stream.concat(stage.open.nextDue().stream(), stage.schedule.nextMissed(stage.table).stream())
                .min(Instant::compareTo)
                .orElse(world.instant());
        return Math.max(0, Duration.between(world.instant(), due).toMillis());
    }
}
