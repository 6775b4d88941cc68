package dev.serverbackup.bench.part;

import dev.serverbackup.bench.report.Figure;
import dev.serverbackup.bench.report.Findings;
import dev.serverbackup.bench.report.Series;
import dev.serverbackup.runtime.DeployedFiles;
import java.util.List;

/** F8: what is deployed, as Lambda gets it. */
public record Artefact() implements Part {
    private static final double MB = 1e6;

    @Override
    public Findings measure() throws Exception {
        Series size = new Series("zip, MB", List.of(DeployedFiles.zippedBytes() / MB));
        return new Findings(List.of(new Figure("F8", "deployed artefact, jars and classes, MB", 12, size)), List.of());
    }
}
