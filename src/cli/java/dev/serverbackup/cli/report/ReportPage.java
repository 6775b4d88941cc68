package dev.serverbackup.cli.report;

import io.pebbletemplates.pebble.PebbleEngine;
import io.pebbletemplates.pebble.loader.ClasspathLoader;
import java.io.IOException;
import java.io.Writer;
import java.util.Locale;
import java.util.Map;

/** Writes a report as one HTML file without external resources and scripts; every text is escaped. */
public final class ReportPage {
    private static final String TEMPLATE = "report.html";

    private ReportPage() {}

    /** Writes it; the writer stays open. */
    public static void write(Report report, Writer to) throws IOException {
        PebbleEngine engine = new PebbleEngine.Builder()
                .loader(new ClasspathLoader(ReportPage.class.getClassLoader()))
                .autoEscaping(true)
                .strictVariables(true)
                .defaultLocale(Locale.ROOT)
                .cacheActive(false)
                .build();
        boolean plotted = report.entryCount() > 0;
        Map<String, Object> context = Map.of(
                "report",
                report,
                "outcomes",
                Outcome.values(),
                "plot",
                plotted ? NightsPlot.dataUri(report.calendar(), false) : "",
                "darkPlot",
                plotted ? NightsPlot.dataUri(report.calendar(), true) : "");
        engine.getTemplate(TEMPLATE).evaluate(to, context);
    }
}
