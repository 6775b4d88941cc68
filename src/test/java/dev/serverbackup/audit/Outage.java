package dev.serverbackup.audit;

import java.util.function.Predicate;
import java.util.function.Supplier;

/** What fails when told so, before or after it took effect. */
public final class Outage implements TableAccess {
    private Predicate<Call> refused = _ -> false;
    private Predicate<Call> answerLost = _ -> false;

    /** From now on, such entries are not written. */
    public void refuse(Predicate<Entry> entries) {
        refused = call -> call.entry().filter(entries).isPresent();
    }

    /** From now on, such entries are written, and nobody learns of it. */
    public void loseAnswersOf(Predicate<Entry> entries) {
        answerLost = call -> call.entry().filter(entries).isPresent();
    }

    /** From now on, nothing is read or written. */
    public void failAll() {
        refused = _ -> true;
    }

    public void recover() {
        refused = _ -> false;
        answerLost = _ -> false;
    }

    @Override
    public <T> T read(Call call, Supplier<T> access) {
        return write(call, access);
    }

    @Override
    public <T> T write(Call call, Supplier<T> access) {
        failIf(refused.test(call));
        T answer = access.get();
        failIf(answerLost.test(call));
        return answer;
    }

    private static void failIf(boolean condition) {
        if (condition) {
            throw new AuditUnavailableException("no answer", new IllegalStateException("time-out"));
        }
    }
}
