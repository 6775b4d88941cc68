package dev.serverbackup.simulation;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.Supplier;

/**
 * The one clock, the one source of chance, and what is still to happen. Time passes from one event to the next; events
 * of one instant happen in an order that chance gives.
 */
final class Timeline implements InstantSource {
    static final Instant START = Instant.parse("2026-03-01T02:00:00Z");

    final SplittableRandom chance;
    final Tally tally = new Tally();
    private final Trace trace;
    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private final List<Coroutine> coroutines = new ArrayList<>();
    private long now;
    private boolean over;
    private Violation violation;

    private record Event(long at, int order, Runnable action) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            return at != other.at ? Long.compare(at, other.at) : Integer.compare(order, other.order);
        }
    }

    Timeline(long seed, Trace trace) {
        this.chance = new SplittableRandom(seed);
        this.trace = trace;
    }

    @Override
    public Instant instant() {
        return START.plusMillis(now);
    }

    @Override
    public long millis() {
        return now;
    }

    void trace(String who, Supplier<String> what) {
        trace.add(now, who, what);
    }

    void in(long delay, Runnable action) {
        events.add(new Event(now + delay, chance.nextInt(), action));
    }

    /** Starts a process some time from now. */
    Coroutine startIn(long delay, Runnable body) {
        Coroutine coroutine = new Coroutine(() -> {
            try {
                body.run();
            } catch (Crash gone) {
                trace("", gone::getMessage);
            } catch (Violation broken) {
                violation = broken;
            } catch (RuntimeException | Error unexpected) {
                violation = new Violation("nothing unexpected is thrown: " + unexpected);
            }
        });
        coroutines.add(coroutine);
        in(delay, coroutine::resume);
        return coroutine;
    }

    /** Lets time pass for a coroutine that calls this. If nothing else happens meanwhile, only the clock moves. */
    void pause(Coroutine self, long delay) {
        Event next = events.peek();
        if (next == null || next.at() > now + delay) {
            now += delay;
        } else {
            in(delay, self::resume);
            self.pause();
        }
        if (over) {
            throw new Crash();
        }
    }

    /** Until nothing is left to happen. */
    void run() {
        for (Event event = events.poll(); event != null; event = events.poll()) {
            now = event.at();
            event.action().run();
            if (violation != null) {
                throw violation;
            }
        }
    }

    /** Ends the threads that are still waiting. */
    void end() {
        over = true;
        for (Coroutine coroutine : coroutines) {
            while (coroutine.hasBegun() && !coroutine.hasEnded()) {
                coroutine.resume();
            }
        }
    }
}
