package dev.serverbackup.run;

import java.time.Duration;

/** Is told how things stand. Called by several threads. */
public interface Gauges {
    /** All open entries, as a pass found them. */
    void openEntries(int count, Duration oldestAge);

    /** The account's manual backups. */
    void manualBackups(int used, int maximum);

    /** Of a run that has ended: the longest that one of its servers has been without a new good backup. */
    void oldestLastSuccess(Duration age);
}
