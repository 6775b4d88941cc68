package dev.serverbackup.simulation;

import java.util.concurrent.locks.LockSupport;

/**
 * Code on a thread of its own that runs only when it is its turn: between {@link #resume} and {@link #pause},
 * exactly one of the two threads runs. Real code can so be stopped inside any call, and the order of all steps is ours.
 */
final class Coroutine {
    private final Thread thread;
    private volatile Thread resumer;
    private volatile boolean running;
    private volatile boolean ended;

    Coroutine(Runnable body) {
        thread = Thread.ofVirtual().unstarted(() -> {
            try {
                body.run();
            } finally {
                ended = true;
                handBack();
            }
        });
    }

    /** Lets it run until it pauses or ends. */
    void resume() {
        resumer = Thread.currentThread();
        running = true;
        if (thread.getState() == Thread.State.NEW) {
            thread.start();
        } else {
            LockSupport.unpark(thread);
        }
        while (running) {
            LockSupport.park(this);
        }
    }

    /** Called by the body: stops here until it is resumed. */
    void pause() {
        handBack();
        while (!running) {
            LockSupport.park(this);
        }
    }

    boolean hasBegun() {
        return thread.getState() != Thread.State.NEW;
    }

    boolean hasEnded() {
        return ended;
    }

    private void handBack() {
        running = false;
        LockSupport.unpark(resumer);
    }
}
