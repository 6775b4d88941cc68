package dev.serverbackup.metrics;

import dev.serverbackup.audit.Entry;
import java.time.Duration;

/**
 * The metrics of one invocation: counts of what it did itself (what an earlier delivery did is not counted again), and
 * gauges of the current state. Implementations are safe for use by several threads, and throw nothing.
 */
public interface Metrics {
    /** Measures nothing. */
    Metrics NONE = new None();

    /**
     * Entries are about to be written for this many targets of a run. The metric is in the function's log when this
     * method returns. If the process is killed before the entries are written, the process that writes them counts them
     * again.
     */
    void targets(int count);

    /** An entry's status changed to {@code STARTED}, {@code SUCCEEDED} or {@code FAILED}. */
    void changed(Entry entry);

    /** The open entries at the beginning of a pass. */
    void openEntries(int count, Duration oldestAge);

    /** The account's manual backups. */
    void manualBackups(int used, int maximum);

    /** Of a run that has ended: the longest that one of its servers has been without a new good backup. */
    void oldestLastSuccess(Duration age);

    /**
     * A slot of the schedule had no run in time, whether it is caught up or not. Each pass that can't write its run
     * counts it again.
     */
    void missedSlot();

    /** A verification has ended without proving that its backup can be read back. */
    void verificationFailed();

    /** Measures nothing; a subclass measures what it overrides. */
    class None implements Metrics {
        @Override
        public void targets(int count) {
            // not measured
        }

        @Override
        public void changed(Entry entry) {
            // not measured
        }

        @Override
        public void openEntries(int count, Duration oldestAge) {
            // not measured
        }

        @Override
        public void manualBackups(int used, int maximum) {
            // not measured
        }

        @Override
        public void missedSlot() {
            // not measured
        }

        @Override
        public void verificationFailed() {
            // not measured
        }

        @Override
        public void oldestLastSuccess(Duration age) {
            // not measured
        }
    }
}
