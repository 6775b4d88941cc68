package dev.serverbackup.run;

import dev.serverbackup.audit.Entry;

/**
 * Is told what this invocation did, as it happens; what an earlier delivery did is not told again. Called by several
 * threads.
 */
public interface RunMeter {
    /**
     * Entries of a run are about to be written for so many of its targets. Has reached CloudWatch's log when it returns:
     * if this process is killed before they are written, whoever writes them tells it again.
     */
    void targets(int count);

    /** An entry's status changed to {@code STARTED}, {@code SUCCEEDED} or {@code FAILED}. */
    void changed(Entry entry);

    /** For whoever does not measure. */
    RunMeter NONE = new RunMeter() {
        @Override
        public void targets(int count) {
            // not measured
        }

        @Override
        public void changed(Entry entry) {
            // not measured
        }
    };
}
