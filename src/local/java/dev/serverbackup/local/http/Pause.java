package dev.serverbackup.local.http;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** How long a call is held up. */
@FunctionalInterface
public interface Pause {

    void await() throws InterruptedException;

    /** So long, in real time: the client's time-outs run on real time too. */
    static Pause of(Duration duration) {
        return () -> Thread.sleep(duration);
    }

    /** Until {@code released} is counted down. */
    static Pause until(CountDownLatch released) {
        return released::await;
    }
}
