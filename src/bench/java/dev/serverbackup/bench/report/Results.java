package dev.serverbackup.bench.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What has been found so far: the figures, and the bars of the plots. For one thread. */
public final class Results {
    /** The name of figures that have no goal. */
    private static final String OTHER = "other";

    private static final JsonMapper JSON = JsonMapper.builder()
            .defaultPropertyInclusion(JsonInclude.Value.ALL_NON_NULL)
            .build();

    private final Map<String, List<Figure>> figures = new TreeMap<>();
    private final List<Bar> bars = new ArrayList<>();

    /**
     * Something that is published; smaller is better.
     *
     * @param value the median of the samples
     * @param goal null, like {@code met}, where there is none
     */
    private record Figure(String what, double value, Double goal, Boolean met, List<Double> samples) {}

    /**
     * A bar of a plot: its height is the median of its samples.
     *
     * @param plot the title of the plot that it stands in, unit included; bars of one plot stand beside each other
     * @param floor what it can't be less than, or null
     * @param goal what it should not be more than, or null
     */
    private record Bar(String plot, String name, Double floor, Double goal, List<Double> samples) {}

    /**
     * Adds a figure, and tells it.
     *
     * @param name P1 to P8
     * @param what in words, unit included
     */
    public void figure(String name, String what, double goal, Series series) {
        double value = series.median();
        add(name, new Figure(what, value, goal, value <= goal, series.samples()), series);
    }

    /** The same without a goal. */
    public void figure(String what, Series series) {
        add(OTHER, new Figure(what, series.median(), null, null, series.samples()), series);
    }

    private void add(String name, Figure figure, Series series) {
        figures.computeIfAbsent(name, _ -> new ArrayList<>()).add(figure);
        String judged = figure.goal == null
                ? ""
                : String.format(Locale.ROOT, "goal %.2f %s", figure.goal, figure.met ? "met" : "MISSED");
        System.out.printf("%-5s %-80s %s  %s%n", name, figure.what, series, judged);
    }

    /** Adds a bar without lines. */
    public void bar(String plot, Series series) {
        add(new Bar(plot, series.name(), null, null, series.samples()), series);
    }

    public void bar(String plot, double goal, Series series) {
        add(new Bar(plot, series.name(), null, goal, series.samples()), series);
    }

    public void bar(String plot, double floor, double goal, Series series) {
        add(new Bar(plot, series.name(), floor, goal, series.samples()), series);
    }

    private void add(Bar bar, Series series) {
        bars.add(bar);
        System.out.printf("      %-80s %s%n", bar.plot + ": " + bar.name, series);
    }

    /** Writes a member for each name of a figure, and one for the bars. */
    public void write(Path file, String machine, int runs) throws IOException {
        Map<String, Object> all = new LinkedHashMap<>(Map.of("machine", machine, "runs", runs, "bars", bars));
        all.putAll(figures);
        JSON.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), all);
    }
}
