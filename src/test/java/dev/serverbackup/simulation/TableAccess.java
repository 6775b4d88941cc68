package dev.serverbackup.simulation;

import dev.serverbackup.audit.AuditUnavailableException;
import dev.serverbackup.simulation.Tally.Tried;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.function.Supplier;

/** One worker's way to the table: a read may fail; a write may arrive twice, late, or without its answer. */
final class TableAccess {
    /** What a repository's other methods do is write. */
    private static final Set<String> READS = Set.of(
            "run",
            "entries",
            "entry",
            "due",
            "startedOn",
            "read",
            "withoutExpiry",
            "undeleted",
            "countUndeleted",
            "openEntries",
            "withoutSuccessSince",
            "of");

    private final Worker worker;
    private final World world;

    TableAccess(Worker worker, World world) {
        this.worker = worker;
        this.world = world;
    }

    /** The repository as the worker reaches it: each call is a step. */
    <T> T to(Class<T> type, T repository) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    if (method.isDefault()) {
                        return InvocationHandler.invokeDefault(proxy, method, arguments);
                    }
                    Call<T> call = Call.of(repository, method, arguments);
                    String name = method.getName().equals("replace") ? "write" : method.getName();
                    String what = name + " " + Trace.words(call.arguments());
                    return READS.contains(method.getName()) ? read(what, call::go) : write(what, call::go);
                }));
    }

    <T> T read(String what, Supplier<T> access) {
        return worker.step(what, () -> {
            if (worker.happens(Fault.AUDIT_UNAVAILABLE)) {
                throw unavailable();
            }
            return access.get();
        });
    }

    <T> T write(String what, Supplier<T> access) {
        SimulatedFaults.Write fate = worker.faults().write();
        String told = fate == SimulatedFaults.Write.PLAIN ? what : what + " (" + fate + ")";
        return worker.step(told, () -> switch (fate) {
            case PLAIN -> access.get();
            case FIRST_COPY_ARRIVES_LATE -> {
                arriveLate(what, access);
                worker.pause(worker.faults().delay());
                yield access.get();
            }
            case ANSWER_LOST_AND_SENT_AGAIN -> {
                discard(access.get());
                worker.count(Tried.SECOND_COPY);
                worker.pause(worker.faults().delay());
                yield access.get();
            }
            case UNAVAILABLE -> throw unavailable();
            case UNAVAILABLE_BUT_WRITTEN -> {
                discard(access.get());
                throw unavailable();
            }
            case UNAVAILABLE_AND_WRITTEN_LATE -> {
                arriveLate(what, access);
                throw unavailable();
            }
        });
    }

    /** Nobody learns of it. */
    private void discard(Object answer) {
        worker.tell(() -> "lost: " + Trace.words(answer));
    }

    private void arriveLate(String what, Supplier<?> access) {
        world.in(worker.faults().freeze(), () -> {
            worker.count(Tried.LATE_COPY);
            Object answer = access.get();
            world.tell("table", () -> "a late copy arrives: " + what + ": " + Trace.words(answer));
        });
    }

    private AuditUnavailableException unavailable() {
        return new AuditUnavailableException("no answer", null);
    }
}
