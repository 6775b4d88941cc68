package dev.serverbackup.retention;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Semaphore;

/**
 * Lets several tasks take their steps one at a time, in an order drawn from a random generator, and lets some of them
 * crash between two steps. The same generator gives the same story.
 */
final class Interleaving {
    private final Random random;
    private final double crashes;
    private final List<Task> tasks = new ArrayList<>();

    /** @param crashes how likely a task crashes at any of its steps */
    Interleaving(Random random, double crashes) {
        this.random = random;
        this.crashes = crashes;
    }

    /** Something that goes step by step. */
    @FunctionalInterface
    interface Steps {
        void take(Runnable step);
    }

    /** @param work is given what it has to run before each of its steps */
    void add(Steps work) {
        tasks.add(new Task(work));
    }

    /** Returns when all have ended or crashed; throws what went wrong in one of them. */
    void run() {
        List<Task> running = new ArrayList<>(tasks);
        while (!running.isEmpty()) {
            Task next = running.get(random.nextInt(running.size()));
            next.crashed = next.begun && random.nextDouble() < crashes;
            next.goOn();
            if (next.ended) {
                running.remove(next);
            }
        }
        tasks.forEach(Task::throwIfWrong);
    }

    /** The process is gone: not to be caught. */
    private static final class Crash extends Error {
        private static final long serialVersionUID = 1L;

        Crash() {
            super("crashed", null, false, false);
        }
    }

    /** All its fields are handed over by its semaphores. */
    private static final class Task {
        private final Steps work;
        private final Semaphore turn = new Semaphore(0);
        private final Semaphore done = new Semaphore(0);
        private boolean begun;
        private boolean crashed;
        private boolean ended;
        private Throwable wrong;

        Task(Steps work) {
            this.work = work;
        }

        void goOn() {
            if (!begun) {
                begun = true;
                Thread.ofVirtual().start(this::live);
            }
            turn.release();
            done.acquireUninterruptibly();
        }

        private void live() {
            turn.acquireUninterruptibly();
            try {
                work.take(this::step);
            } catch (Crash _) {
                crashed = true;
            } catch (RuntimeException | Error e) {
                wrong = e;
            }
            ended = true;
            done.release();
        }

        private void step() {
            done.release();
            turn.acquireUninterruptibly();
            if (crashed) {
                throw new Crash();
            }
        }

        void throwIfWrong() {
            if (wrong != null) {
                throw new AssertionError(wrong);
            }
        }
    }
}
