package dev.serverbackup.bench.report;

import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.BoxChart;
import org.knowm.xchart.BoxChartBuilder;
import org.knowm.xchart.ChartEncoder;

/** The results for people: a box for each arm, as SVG. */
public final class Plots {
    private static final int WIDTH = 1_080;
    private static final int HEIGHT = 420;
    private static final int LABELS = 11;

    private Plots() {}

    /** Draws what the findings hold; a plot without anything in it is left out. */
    public static void write(Path folder, String machine, List<Findings> findings) throws IOException {
        List<Series> all =
                findings.stream().flatMap(part -> part.series().stream()).toList();
        draw(folder.resolve("warm-50"), "A warm run, 50 targets", "wall ms, 50 targets: ", machine, all);
        draw(folder.resolve("warm-500"), "A warm run, 500 targets", "wall ms, 500 targets: ", machine, all);
        draw(folder.resolve("cpu-500"), "CPU per target, 500 targets", "CPU ms a target, 500 targets: ", machine, all);
        draw(folder.resolve("first"), "The first run, 50 targets", "first run ms", machine, all);
        draw(
                folder.resolve("cold"),
                "From start to first answer, 50 targets",
                "start to first answer ms: ",
                machine,
                all);
        draw(
                folder.resolve("growth"),
                "CPU per target, by the number of targets",
                "growth, CPU ms a target, ",
                machine,
                all);
    }

    private static void draw(Path file, String title, String prefix, String machine, List<Series> all)
            throws IOException {
        List<Series> drawn =
                all.stream().filter(series -> series.name().startsWith(prefix)).toList();
        if (drawn.isEmpty()) {
            return;
        }
        BoxChart chart = new BoxChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title)
                .xAxisTitle(machine)
                .yAxisTitle("ms")
                .build();
        // Five names fit beside each other.
        chart.getStyler().setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, LABELS));
        chart.getStyler().setChartBackgroundColor(Color.WHITE);
        chart.getStyler().setYAxisMin(0.0);
        drawn.forEach(series -> chart.addSeries(name(series, prefix), new ArrayList<>(series.samples())));
        ChartEncoder.saveChart(chart, file.toString(), "svg");
    }

    private static String name(Series series, String prefix) {
        return series.name().substring(prefix.length()).replaceFirst("^[^:]*: ", "");
    }
}
