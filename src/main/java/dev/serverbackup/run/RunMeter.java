package dev.serverbackup.run;

import dev.serverbackup.audit.Entry;
import dev.serverbackup.audit.Run;

/**
 * Is told what this invocation did, as it happens; what an earlier delivery did is not told again. Called by several
 * threads.
 */
public interface RunMeter {
    /** A run's row was written. */
    void opened(Run run);

    /** An entry's status changed to {@code STARTED}, {@code SUCCEEDED} or {@code FAILED}. */
    void changed(Entry entry);

    /** For whoever does not measure. */
    RunMeter NONE = new RunMeter() {
        @Override
        public void opened(Run run) {
            // not measured
        }

        @Override
        public void changed(Entry entry) {
            // not measured
        }
    };
}
