package dev.serverbackup.run.cloudwatch;

import dev.serverbackup.audit.Entry;
import dev.serverbackup.audit.EntryStatus;
import dev.serverbackup.audit.Run;
import dev.serverbackup.backup.ErrorType;
import dev.serverbackup.run.Gauges;
import dev.serverbackup.run.RunMeter;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import software.amazon.lambda.powertools.metrics.Metrics;
import software.amazon.lambda.powertools.metrics.MetricsBuilder;
import software.amazon.lambda.powertools.metrics.model.DimensionSet;
import software.amazon.lambda.powertools.metrics.model.MetricUnit;

/**
 * CloudWatch metrics as log lines (EMF), namespace {@code ServerBackup}, names and meaning as in docs/runbook.md: all with
 * {@code service} alone, but {@code FailedByType} with {@code service} and {@code errorType}. Counts are written always,
 * gauges only if they were told. Counted by any thread, written by the thread that measures.
 */
public final class CloudWatchRunMeter implements RunMeter, Gauges {
    private static final String NAMESPACE = "ServerBackup";
    private static final String SERVICE = "server-backup";

    private final Metrics metrics = MetricsBuilder.builder()
            .withNamespace(NAMESPACE)
            .withDefaultDimension("service", SERVICE)
            .build();
    private final LongAdder targets = new LongAdder();
    private final LongAdder started = new LongAdder();
    private final LongAdder succeeded = new LongAdder();
    private final Map<ErrorType, LongAdder> failed = new ConcurrentHashMap<>();
    private final Map<String, Reading> gauges = new ConcurrentHashMap<>();

    /** Does the work, and writes what was counted meanwhile, even if the work failed. */
    public <T> T measure(Supplier<T> work) {
        try {
            return work.get();
        } finally {
            write();
        }
    }

    @Override
    public void opened(Run run) {
        targets.add(run.targets().size());
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
        gauges.put("OpenEntries", new Reading(count, MetricUnit.COUNT));
        gauges.put("OldestOpenEntryAge", Reading.of(oldestAge));
    }

    @Override
    public void manualBackups(int used, int maximum) {
        gauges.put("ManualBackupsUsed", new Reading(used, MetricUnit.COUNT));
        gauges.put("ManualBackupsMaximum", new Reading(maximum, MetricUnit.COUNT));
    }

    /** Of several runs that end in one pass, the oldest counts. */
    @Override
    public void oldestLastSuccess(Duration age) {
        gauges.merge("OldestLastSuccessAge", Reading.of(age), Reading::larger);
    }

    private void write() {
        int allFailed = failed.values().stream().mapToInt(LongAdder::intValue).sum();
        metrics.addMetric("Targets", taken(targets), MetricUnit.COUNT);
        metrics.addMetric("Started", taken(started), MetricUnit.COUNT);
        metrics.addMetric("Succeeded", taken(succeeded), MetricUnit.COUNT);
        metrics.addMetric("Failed", allFailed, MetricUnit.COUNT);
        gauges.forEach((name, reading) -> metrics.addMetric(name, reading.value(), reading.unit()));
        gauges.clear();
        metrics.flush();
        failed.forEach((type, count) -> writeFailed(type, taken(count)));
        failed.clear();
    }

    private void writeFailed(ErrorType type, int count) {
        metrics.flushSingleMetric(
                "FailedByType",
                count,
                MetricUnit.COUNT,
                NAMESPACE,
                DimensionSet.of("service", SERVICE, "errorType", type.name()));
    }

    private static int taken(LongAdder count) {
        return Math.toIntExact(count.sumThenReset());
    }

    private record Reading(double value, MetricUnit unit) {
        static Reading of(Duration age) {
            return new Reading(age.toSeconds(), MetricUnit.SECONDS);
        }

        Reading larger(Reading other) {
            return value < other.value ? other : this;
        }
    }
}
