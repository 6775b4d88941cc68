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
    private final Timeline timeline;

    TableAccess(Worker worker, Timeline timeline) {
        this.worker = worker;
        this.timeline = timeline;
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
                    return READS.contains(method.getName())
                            ? read(name, call.arguments(), call::go)
                            : write(name, call.arguments(), call::go);
                }));
    }

    <T> T read(String name, Object about, Supplier<T> access) {
        return worker.step(name, about, () -> {
            if (worker.happens(Fault.AUDIT_UNAVAILABLE)) {
                throw unavailable();
            }
            return access.get();
        });
    }

    /** In trouble a copy arrives, or arrives late, or does not, before it is sent again, or given up. */
    <T> T write(String name, Object about, Supplier<T> access) {
        return worker.step(name, about, () -> {
            if (!worker.happens(Fault.AUDIT_UNAVAILABLE)) {
                return access.get();
            }
            switch ((int) worker.faults.nextLong(3)) {
                case 0 -> discard(access.get());
                case 1 -> arriveLate(name, about, access);
                default -> worker.trace(() -> "a copy is lost");
            }
            if (worker.faults.happens(0.6)) {
                throw unavailable();
            }
            worker.count(Tried.SECOND_COPY);
            worker.pause(worker.faults.delay());
            return access.get();
        });
    }

    /** Nobody learns of it. */
    private void discard(Object answer) {
        worker.trace(() -> "lost: " + Trace.words(answer));
    }

    private void arriveLate(String name, Object about, Supplier<?> access) {
        timeline.in(worker.faults.freeze(), () -> {
            worker.count(Tried.LATE_COPY);
            Object answer = access.get();
            timeline.trace(
                    "table",
                    () -> "a late copy arrives: " + name + " " + Trace.words(about) + ": " + Trace.words(answer));
        });
    }

    private AuditUnavailableException unavailable() {
        return new AuditUnavailableException("no answer", null);
    }
}
