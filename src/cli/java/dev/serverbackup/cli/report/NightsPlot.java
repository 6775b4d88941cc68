package dev.serverbackup.cli.report;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.imageio.ImageIO;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.style.CategoryStyler;
import org.knowm.xchart.style.Styler;

/** A bar chart of the entries of each night by outcome. */
final class NightsPlot {
    private static final int WIDTH = 1_080;
    private static final int HEIGHT = 260;
    /** Image pixels for one pixel of the page, for high-resolution screens and printers. */
    private static final int SCALE = 2;

    private static final int MOST_LABELS = 16;
    private static final DateTimeFormatter NIGHT = DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);

    /** As the page's own colours. */
    private static final Map<Outcome, Color> COLOURS = Map.of(
            Outcome.MISSING, new Color(0xB0, 0x3A, 0xA8),
            Outcome.FAILED, new Color(0xD6, 0x45, 0x3D),
            Outcome.UNKNOWN, new Color(0xE0, 0x8A, 0x2E),
            Outcome.OPEN, new Color(0xE3, 0xC0, 0x3F),
            Outcome.SUCCEEDED, new Color(0x2F, 0x9E, 0x5B),
            Outcome.DELETED, new Color(0x8F, 0xCF, 0xA8));

    private NightsPlot() {}

    /** The chart as a data URI with a PNG, on a transparent background. */
    static String dataUri(Calendar calendar, boolean dark) throws IOException {
        // Otherwise the JDK looks for a display.
        System.setProperty("java.awt.headless", "true");
        BufferedImage image = new BufferedImage(WIDTH * SCALE, HEIGHT * SCALE, BufferedImage.TYPE_INT_ARGB);
        Graphics2D graphics = image.createGraphics();
        graphics.scale(SCALE, SCALE);
        chart(calendar, dark).paint(graphics, WIDTH, HEIGHT);
        graphics.dispose();
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(image, "png", png);
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(png.toByteArray());
    }

    private static CategoryChart chart(Calendar calendar, boolean dark) {
        CategoryChart chart =
                new CategoryChartBuilder().width(WIDTH).height(HEIGHT).build();
        style(chart.getStyler(), dark ? new Color(0xC4, 0xCC, 0xD6) : new Color(0x3C, 0x46, 0x52));
        List<String> nights = calendar.nights().stream().map(NIGHT::format).toList();
        // From the bottom up: successes first, the worst on top.
        for (Outcome outcome : calendar.outcomes().reversed()) {
            if (outcome != Outcome.EXCLUDED) {
                chart.addSeries(outcome.words(), nights, calendar.counts(outcome))
                        .setFillColor(COLOURS.get(outcome));
            }
        }
        return chart;
    }

    private static void style(CategoryStyler styler, Color ink) {
        Color nothing = new Color(0, 0, 0, 0);
        Font font = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
        styler.setStacked(true).setAvailableSpaceFill(0.8);
        styler.setChartBackgroundColor(nothing)
                .setPlotBackgroundColor(nothing)
                .setLegendBackgroundColor(nothing)
                .setLegendBorderColor(nothing)
                .setLegendPosition(Styler.LegendPosition.OutsideS)
                .setLegendLayout(Styler.LegendLayout.Horizontal)
                .setLegendFont(font)
                .setPlotBorderVisible(false)
                .setChartFontColor(ink);
        styler.setXAxisMaxLabelCount(MOST_LABELS)
                .setYAxisDecimalPattern("#,##0")
                .setAxisTickLabelsFont(font)
                .setAxisTickLabelsColor(ink)
                .setAxisTickMarksColor(ink)
                .setPlotGridVerticalLinesVisible(false)
                .setPlotGridLinesColor(new Color(ink.getRed(), ink.getGreen(), ink.getBlue(), 60));
    }
}
