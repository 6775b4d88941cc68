package dev.serverbackup.local.http;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/** All calls in the order in which they arrived. A call's outcome is there before its answer is sent. Thread-safe. */
public final class CallLog {

    private final SequencedMap<String, Call> calls = new LinkedHashMap<>();

    public synchronized List<Call> all() {
        return List.copyOf(calls.values());
    }

    /** The newest, at most so many, newest first. */
    public synchronized List<Call> last(int most) {
        return calls.sequencedValues().reversed().stream().limit(most).toList();
    }

    public List<Call> matching(CallPattern pattern) {
        return all().stream()
                .filter(call -> pattern.matches(call.operation(), call.serverName()))
                .toList();
    }

    /**
     * Waits until {@code count} calls of that pattern have arrived, ended or not.
     *
     * @throws TimeoutException if they have not within {@code patience}
     */
    public void await(int count, CallPattern pattern, Duration patience) throws InterruptedException, TimeoutException {
        await(count, pattern, call -> true, patience);
    }

    /**
     * Waits until {@code count} calls of that pattern have ended.
     *
     * @throws TimeoutException if they have not within {@code patience}
     */
    public void awaitEnded(int count, CallPattern pattern, Duration patience)
            throws InterruptedException, TimeoutException {
        await(count, pattern, call -> call.outcome().isPresent(), patience);
    }

    private synchronized void await(int count, CallPattern pattern, Predicate<Call> reached, Duration patience)
            throws InterruptedException, TimeoutException {
        var end = System.nanoTime() + patience.toNanos();
        while (matching(pattern).stream().filter(reached).count() < count) {
            var left = end - System.nanoTime();
            if (left <= 0) {
                throw new TimeoutException(
                        "Waited in vain for %d calls of %s; there are %s".formatted(count, pattern, matching(pattern)));
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
    }

    public synchronized void clear() {
        calls.clear();
    }

    synchronized void received(Call call) {
        calls.put(call.requestId(), call);
        notifyAll();
    }

    synchronized void ended(Call call, Call.Outcome outcome) {
        calls.replace(call.requestId(), call.ended(outcome));
        notifyAll();
    }
}
