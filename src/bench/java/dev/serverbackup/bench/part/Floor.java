package dev.serverbackup.bench.part;

import dev.serverbackup.bench.fake.Latencies;

/**
 * The least time that a run can take by our rules, if computing cost nothing: the tags page by page, the run row, the
 * entries in transactions of a hundred, and then sixteen targets at once: claim, call, record.
 */
final class Floor {
    private static final int AT_ONCE = 16;
    private static final int PAGE = 100;

    private Floor() {}

    static double millis(int targets) {
        double table = Latencies.DEFAULT.table().toMillis();
        double target = table + Latencies.DEFAULT.start().toMillis() + table;
        int pages = Math.ceilDiv(targets, PAGE);
        return pages * Latencies.DEFAULT.page().toMillis()
                + table
                + Math.ceilDiv(pages, AT_ONCE) * table
                + Math.ceilDiv(targets, AT_ONCE) * target;
    }
}
