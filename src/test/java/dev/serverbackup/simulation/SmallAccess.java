package dev.serverbackup.simulation;

import dev.serverbackup.audit.AuditUnavailableException;
import dev.serverbackup.audit.TableAccess;
import dev.serverbackup.simulation.SmallWorker.Option;
import java.util.function.Supplier;

/** A worker's way to the table in the small model: any one answer may be lost. */
record SmallAccess(SmallWorld world, SmallWorker worker) implements TableAccess {
    private static final String AGAIN = "to be sent again";

    @SuppressWarnings("unchecked") // what comes out of a step is what its supplier put in
    @Override
    public <T> T read(Call call, Supplier<T> access) {
        String what = Words.of(call);
        return (T) worker.step(Option.of(what, access), lost(what + ", without an answer", this::unavailable));
    }

    @SuppressWarnings("unchecked") // as above
    @Override
    public <T> T write(Call call, Supplier<T> access) {
        String what = Words.of(call);
        Object answer = worker.step(
                Option.of(what, access),
                lost(what + ", never arrives", this::unavailable),
                lost(what + ", answer lost", () -> {
                    discard(access.get());
                    return unavailable();
                }),
                lost(what + ", answer lost, will be sent again", () -> {
                    discard(access.get());
                    return AGAIN;
                }));
        return (T) (answer.equals(AGAIN) ? worker.step(Option.of(what + ", sent again", access)) : answer);
    }

    /** Nobody learns of it. */
    private void discard(Object answer) {
        world.tell("", () -> "unanswered: " + Words.of(answer));
    }

    private Option lost(String label, Supplier<?> effect) {
        return new Option(label, world::mayLose, () -> {
            world.lose();
            return effect.get();
        });
    }

    private Object unavailable() {
        throw new AuditUnavailableException("no answer", null);
    }
}
