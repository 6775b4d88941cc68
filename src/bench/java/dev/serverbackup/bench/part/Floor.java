package dev.serverbackup.bench.part;

import dev.serverbackup.bench.fake.Latencies;

/**
 * The least time that a run can take by our rules, if computing cost nothing: the tags page by page, the run row, the
 * entries in transactions of a hundred, and then so many targets at once: claim, call, record.
 */
record Floor(Latencies latencies, int callsAtOnce) {
    private static final int PAGE = 100;

    double millis(int targets) {
        double table = latencies.dynamoDb().toMillis();
        double tags = rounds(targets, PAGE) * latencies.getResources().toMillis();
        double entries = rounds(rounds(targets, PAGE), callsAtOnce) * table;
        double target = table + latencies.createBackup().toMillis() + table;
        return tags + table + entries + rounds(targets, callsAtOnce) * target;
    }

    private static int rounds(int items, int atOnce) {
        return Math.ceilDiv(items, atOnce);
    }
}
