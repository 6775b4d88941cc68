package dev.serverbackup.bench.report;

/**
 * One of the figures that there is a goal for; smaller is better.
 *
 * @param name F1 to F9
 * @param what in words, unit included
 * @param series the samples behind it; the value is their median
 */
public record Figure(String name, String what, double goal, Series series) {
    public double value() {
        return series.median();
    }

    public boolean isMet() {
        return value() <= goal;
    }
}
