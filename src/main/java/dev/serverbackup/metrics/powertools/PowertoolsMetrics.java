package dev.serverbackup.metrics.powertools;

import dev.serverbackup.audit.Entry;
import dev.serverbackup.backup.ErrorType;
import dev.serverbackup.metrics.Metrics;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.lambda.powertools.metrics.MetricsFactory;
import software.amazon.lambda.powertools.metrics.model.DimensionSet;
import software.amazon.lambda.powertools.metrics.model.MetricUnit;

/**
 * CloudWatch metrics as log lines (EMF), names and meaning as in docs/runbook.md. Namespace and {@code Service}, the
 * dimension of all of them, are {@code POWERTOOLS_METRICS_NAMESPACE} and {@code POWERTOOLS_SERVICE_NAME}; {@code
 * FailedByType} also has {@code errorType}. {@code Started}, {@code Succeeded} and {@code Failed} are always written,
 * the others only if they have a value. Any thread may count; the thread that calls {@link #measure} writes.
 */
public final class PowertoolsMetrics implements Metrics {
    private static final Logger LOG = LoggerFactory.getLogger(PowertoolsMetrics.class);

    /** A dimension value that CloudWatch accepts; every service's error types match. */
    private static final Pattern DIMENSION_VALUE = Pattern.compile("[A-Za-z0-9._-]{1,100}");

    private final LongAdder started = new LongAdder();
    private final LongAdder succeeded = new LongAdder();
    private final LongAdder small = new LongAdder();
    private final LongAdder missedSlots = new LongAdder();
    private final LongAdder verificationsFailed = new LongAdder();
    private final Map<String, LongAdder> failed = new ConcurrentHashMap<>();
    private final Map<String, Reading> gauges = new ConcurrentHashMap<>();

    /** Does the work, and writes what was counted meanwhile, even if the work failed. */
    public <T> T measure(Supplier<T> work) {
        try {
            return work.get();
        } finally {
            write(this::writeAll);
        }
    }

    /** Written at once, in a line of its own, since the process may be killed before it writes the others. */
    @Override
    public void targets(int count) {
        write(metrics -> metrics.flushMetrics(one -> one.addMetric("Targets", count, MetricUnit.COUNT)));
    }

    @Override
    public void changed(Entry entry) {
        switch (entry.status()) {
            case STARTED -> started.increment();
            case SUCCEEDED -> {
                succeeded.increment();
                if (entry.backup().filter(one -> !one.warnings().isEmpty()).isPresent()) {
                    small.increment();
                }
            }
            case FAILED ->
                entry.error()
                        .ifPresent(error -> failed.computeIfAbsent(dimension(error.type()), _ -> new LongAdder())
                                .increment());
            case PENDING, CALLING -> {}
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

    /** If several runs end in one pass, the greatest age counts. */
    @Override
    public void oldestLastSuccess(Duration age) {
        gauges.merge("OldestLastSuccessAge", Reading.of(age), Reading::larger);
    }

    @Override
    public void missedSlot() {
        missedSlots.increment();
    }

    @Override
    public void verificationFailed() {
        verificationsFailed.increment();
    }

    /** Does not throw: the work is done, and a failed metric must not make Lambda deliver the event again. */
    private static synchronized void write(Consumer<software.amazon.lambda.powertools.metrics.Metrics> lines) {
        try {
            lines.accept(MetricsFactory.getMetricsInstance());
        } catch (RuntimeException e) {
            LOG.error("metrics were not written", e);
        }
    }

    private void writeAll(software.amazon.lambda.powertools.metrics.Metrics metrics) {
        int allFailed = 0;
        for (Map.Entry<String, LongAdder> each : failed.entrySet()) {
            int count = taken(each.getValue());
            allFailed += count;
            metrics.flushMetrics(one -> addFailed(one, each.getKey(), count));
        }
        failed.clear();
        metrics.addMetric("Started", taken(started), MetricUnit.COUNT);
        metrics.addMetric("Succeeded", taken(succeeded), MetricUnit.COUNT);
        metrics.addMetric("Failed", allFailed, MetricUnit.COUNT);
        addIfAny(metrics, "SmallBackups", taken(small));
        addIfAny(metrics, "MissedSlots", taken(missedSlots));
        addIfAny(metrics, "VerificationsFailed", taken(verificationsFailed));
        gauges.forEach((name, reading) -> metrics.addMetric(name, reading.value(), reading.unit()));
        gauges.clear();
        metrics.flush();
    }

    private static void addIfAny(software.amazon.lambda.powertools.metrics.Metrics metrics, String name, int count) {
        if (count > 0) {
            metrics.addMetric(name, count, MetricUnit.COUNT);
        }
    }

    /** Adds the dimension to the set with {@code Service}; {@code addDimension} would create another set. */
    private static void addFailed(software.amazon.lambda.powertools.metrics.Metrics one, String errorType, int count) {
        DimensionSet dimensions = one.getDefaultDimensions();
        dimensions.addDimension("errorType", errorType);
        one.setDefaultDimensions(dimensions);
        one.addMetric("FailedByType", count, MetricUnit.COUNT);
    }

    private static int taken(LongAdder count) {
        return Math.toIntExact(count.sumThenReset());
    }

    private static String dimension(ErrorType type) {
        return DIMENSION_VALUE.matcher(type.name()).matches() ? type.name() : "Other";
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
