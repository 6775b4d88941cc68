package dev.serverbackup.bench.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** The samples of one measured thing, in the order of the rounds. At least one. */
public record Series(String name, List<Double> samples) {
    public Series {
        samples = List.copyOf(samples);
    }

    public static Series of(String name, double only) {
        return new Series(name, List.of(only));
    }

    public double median() {
        return quantile(0.5);
    }

    /** Linear between the two samples next to it. */
    double quantile(double share) {
        List<Double> sorted = new ArrayList<>(samples);
        Collections.sort(sorted);
        double at = share * (sorted.size() - 1);
        double low = sorted.get((int) Math.floor(at));
        double high = sorted.get((int) Math.ceil(at));
        return low + (high - low) * (at - Math.floor(at));
    }

    /** Round by round, this over that. */
    public Series over(Series other) {
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < samples.size(); round++) {
            ratios.add(samples.get(round) / other.samples.get(round));
        }
        return new Series(name, ratios);
    }

    /** Each over the same number. */
    public Series over(double number) {
        return new Series(name, samples.stream().map(sample -> sample / number).toList());
    }

    /** The median, and the middle half of the samples. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%9.3f  (%.3f to %.3f)", median(), quantile(0.25), quantile(0.75));
    }
}
