package dev.serverbackup.simulation;

import dev.serverbackup.audit.AttemptId;
import dev.serverbackup.simulation.Tally.Tried;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** One delivery, one pass, or one restore, in a process of its own, with a clock of its own. */
final class Worker implements InstantSource {
    private final Timeline timeline;
    final SimulatedFaults faults;
    final boolean isPass;
    private final String name;
    /** By the common clock. */
    final Instant begun;

    final Instant end;
    private Coroutine coroutine;
    private long skew;
    private int attempts;
    private boolean crashed;
    /** Whether it could not read the tags: then one thing has gone wrong as it may. */
    boolean tagsFailed;

    /** @param timeLeft until its function is stopped */
    Worker(Timeline timeline, SimulatedFaults faults, boolean isPass, int number, Duration timeLeft) {
        this.timeline = timeline;
        this.faults = faults;
        this.isPass = isPass;
        this.name = (isPass ? "pass-" : "worker-") + number;
        this.skew = faults.skew();
        this.begun = timeline.instant();
        this.end = begun.plus(timeLeft);
    }

    /** Starts it now; the work is what the process does. */
    void start(Runnable work) {
        coroutine = timeline.startIn(0, work);
    }

    boolean happens(Fault fault) {
        return faults.happens(fault);
    }

    AttemptId nextAttempt() {
        attempts++;
        return lastAttempt();
    }

    AttemptId lastAttempt() {
        return new AttemptId(name + "/" + attempts);
    }

    /** What its own clock says. Reading it takes time, too. */
    @Override
    public Instant instant() {
        if (faults.happens(Fault.FREEZE, 0.25)) {
            pause(faults.freeze());
            skew = faults.skew();
        }
        return timeline.instant().plusMillis(skew);
    }

    void count(Tried what) {
        timeline.tally.count(what);
    }

    void trace(Supplier<String> what) {
        timeline.trace(name, what);
    }

    /** Lets time pass: milliseconds, or as long as the process is frozen. */
    void pause(long delay) {
        timeline.pause(coroutine, delay);
    }

    /** A step to the outside. The process may die before or after it, and stand still before or after it. */
    <T> T step(String name, Object about, Supplier<T> effect) {
        if (crashed) {
            throw new Violation("the code went on after its process was gone: " + name);
        }
        pause(faults.delayBefore(name));
        dieIfDue();
        T result;
        try {
            result = effect.get();
        } catch (RuntimeException e) {
            trace(() -> name + " " + Trace.words(about) + ": fails, " + e.getMessage());
            throw e;
        }
        trace(() -> name + " " + Trace.words(about) + ": " + Trace.words(result));
        pause(faults.delay());
        dieIfDue();
        return result;
    }

    /** What becomes of a request when it arrives. */
    interface Arrival<T> {
        /** @param hidden how long the effect is not shown, if it has one */
        T at(boolean hasEffect, Duration hidden);
    }

    /** Sends a request; it arrives whether the worker still waits or not. */
    <T> T send(long giveUp, T unanswered, Arrival<T> arrival) {
        boolean requestLost = happens(Fault.REQUEST_LOST);
        boolean answerLost = !requestLost && happens(Fault.ANSWER_LOST);
        boolean error = !requestLost && !answerLost && happens(Fault.SERVER_ERROR);
        boolean hasEffect = !requestLost && !(error && faults.happens(0.5));
        long transit = faults.transit();
        Duration hidden = Duration.ofMillis(faults.hidden(transit));
        AtomicReference<T> answer = new AtomicReference<>(unanswered);
        timeline.in(transit, () -> {
            T result = arrival.at(hasEffect, hidden);
            timeline.trace(
                    "service", () -> (hasEffect ? "a request arrives: " : "a request is lost: ") + Trace.words(result));
            if (hasEffect && !answerLost && !error) {
                answer.set(result);
            }
        });
        long answered = requestLost || answerLost ? giveUp : timeline.millis() + transit + 1 + faults.nextLong(20);
        pause(Math.min(answered, giveUp) - timeline.millis());
        return timeline.millis() < giveUp ? answer.get() : unanswered;
    }

    private void dieIfDue() {
        boolean stopped = faults.rates.killed() && timeline.instant().isAfter(end);
        if (stopped || faults.happens(Fault.CRASH)) {
            crashed = true;
            throw new Crash();
        }
    }
}
