package dev.serverbackup.run.cloudwatch;

import dev.serverbackup.audit.Entry;
import dev.serverbackup.audit.EntryStatus;
import dev.serverbackup.backup.ErrorType;
import dev.serverbackup.run.Gauges;
import dev.serverbackup.run.RunMeter;
import dev.serverbackup.run.cloudwatch.MetricLine.Reading;
import dev.serverbackup.run.cloudwatch.MetricLine.Unit;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/**
 * CloudWatch metrics as log lines (EMF), namespace {@code ServerBackup}, names and meaning as in docs/runbook.md: all
 * with {@code service} alone, but {@code FailedByType} with {@code service} and {@code errorType}. Counts are written
 * always, targets at once and gauges only if they were told. Counted by any thread, written by the thread that measures.
 */
public final class CloudWatchRunMeter implements RunMeter, Gauges {
    private static final String SERVICE = "server-backup";

    private final InstantSource clock;
    private final LongAdder started = new LongAdder();
    private final LongAdder succeeded = new LongAdder();
    private final Map<ErrorType, LongAdder> failed = new ConcurrentHashMap<>();
    private final Map<String, Reading> gauges = new ConcurrentHashMap<>();

    /** @param clock says when what is written was measured */
    public CloudWatchRunMeter(InstantSource clock) {
        this.clock = clock;
    }

    /** Does the work, and writes what was counted meanwhile, even if the work failed. */
    public <T> T measure(Supplier<T> work) {
        try {
            return work.get();
        } finally {
            write();
        }
    }

    @Override
    public void targets(int count) {
        print(Map.of("service", SERVICE), Map.of("Targets", new Reading(count, Unit.COUNT)));
    }

    @Override
    public void changed(Entry entry) {
        if (entry.status() == EntryStatus.STARTED) {
            started.increment();
        }
        if (entry.status() == EntryStatus.SUCCEEDED) {
            succeeded.increment();
        }
        if (entry.status() == EntryStatus.FAILED) {
            entry.error()
                    .ifPresent(error -> failed.computeIfAbsent(error.type(), _ -> new LongAdder())
                            .increment());
        }
    }

    @Override
    public void openEntries(int count, Duration oldestAge) {
        gauges.put("OpenEntries", new Reading(count, Unit.COUNT));
        gauges.put("OldestOpenEntryAge", seconds(oldestAge));
    }

    @Override
    public void manualBackups(int used, int maximum) {
        gauges.put("ManualBackupsUsed", new Reading(used, Unit.COUNT));
        gauges.put("ManualBackupsMaximum", new Reading(maximum, Unit.COUNT));
    }

    /** Of several runs that end in one pass, the oldest counts. */
    @Override
    public void oldestLastSuccess(Duration age) {
        gauges.merge("OldestLastSuccessAge", seconds(age), CloudWatchRunMeter::larger);
    }

    private void write() {
        int allFailed = failed.values().stream().mapToInt(LongAdder::intValue).sum();
        Map<String, Reading> readings = new LinkedHashMap<>();
        readings.put("Started", new Reading(taken(started), Unit.COUNT));
        readings.put("Succeeded", new Reading(taken(succeeded), Unit.COUNT));
        readings.put("Failed", new Reading(allFailed, Unit.COUNT));
        readings.putAll(gauges);
        gauges.clear();
        print(Map.of("service", SERVICE), readings);
        failed.forEach((type, count) -> writeFailed(type, taken(count)));
        failed.clear();
    }

    private void writeFailed(ErrorType type, int count) {
        Map<String, String> dimensions = new LinkedHashMap<>();
        dimensions.put("service", SERVICE);
        dimensions.put("errorType", type.name());
        print(dimensions, Map.of("FailedByType", new Reading(count, Unit.COUNT)));
    }

    /** To standard output as it is now, which priming turns away; in one call, so that no other line gets into it. */
    private void print(Map<String, String> dimensions, Map<String, Reading> readings) {
        System.out.println(new MetricLine(clock.instant(), dimensions, readings).json());
    }

    private static int taken(LongAdder count) {
        return Math.toIntExact(count.sumThenReset());
    }

    private static Reading seconds(Duration age) {
        return new Reading(age.toSeconds(), Unit.SECONDS);
    }

    private static Reading larger(Reading one, Reading other) {
        return one.value() < other.value() ? other : one;
    }
}
