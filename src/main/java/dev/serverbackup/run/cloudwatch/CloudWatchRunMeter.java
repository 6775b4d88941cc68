package dev.serverbackup.run.cloudwatch;

import dev.serverbackup.audit.Entry;
import dev.serverbackup.audit.EntryStatus;
import dev.serverbackup.audit.Run;
import dev.serverbackup.backup.ErrorType;
import dev.serverbackup.run.RunMeter;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import software.amazon.lambda.powertools.metrics.Metrics;
import software.amazon.lambda.powertools.metrics.MetricsBuilder;
import software.amazon.lambda.powertools.metrics.model.DimensionSet;
import software.amazon.lambda.powertools.metrics.model.MetricUnit;

/**
 * CloudWatch metrics as log lines (EMF), namespace {@code ServerBackup}: {@code Targets}, {@code Started} and
 * {@code Failed}, each with {@code service}; {@code FailedByType} with {@code service} and {@code errorType}. Counted by
 * any thread, written by the thread that measures.
 */
public final class CloudWatchRunMeter implements RunMeter {
    private static final String NAMESPACE = "ServerBackup";
    private static final String SERVICE = "server-backup";

    private final Metrics metrics = MetricsBuilder.builder()
            .withNamespace(NAMESPACE)
            .withService(SERVICE)
            .build();
    private final LongAdder targets = new LongAdder();
    private final LongAdder started = new LongAdder();
    private final Map<ErrorType, LongAdder> failed = new ConcurrentHashMap<>();

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
        if (entry.status() == EntryStatus.FAILED) {
            entry.error()
                    .ifPresent(error -> failed.computeIfAbsent(error.type(), _ -> new LongAdder())
                            .increment());
        }
    }

    private void write() {
        int allFailed = failed.values().stream().mapToInt(LongAdder::intValue).sum();
        metrics.addMetric("Targets", taken(targets), MetricUnit.COUNT);
        metrics.addMetric("Started", taken(started), MetricUnit.COUNT);
        metrics.addMetric("Failed", allFailed, MetricUnit.COUNT);
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
}
