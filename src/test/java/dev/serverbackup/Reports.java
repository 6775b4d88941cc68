package dev.serverbackup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.run.RunReport;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What holds for every report. */
final class Reports {
    private static final int MOST_LINES = 200;

    private Reports() {}

    /** The report, once it was found to agree with itself. */
    static RunReport consistent(RunReport report) {
        assertThat(report.counts().values().stream().mapToInt(Integer::intValue).sum())
                .as("the counts add up to the targets")
                .isEqualTo(report.targets());
        assertThat(report.servers()).hasSize(Math.min(report.targets(), MOST_LINES));
        assertThat(report.truncated()).isEqualTo(report.targets() > MOST_LINES);
        assertThat(statuses(report))
                .as("each server once")
                .hasSize(report.servers().size());
        if (!report.truncated()) {
            assertThat(statuses(report).values().stream()
                            .collect(Collectors.toMap(status -> status, _ -> 1, Integer::sum)))
                    .as("the counts are those of the lines")
                    .isEqualTo(report.counts());
        }
        assertThat(report.servers()).allSatisfy(Reports::saysWhatItsStatusNeeds);
        return report;
    }

    /** The status of each server. */
    private static Map<String, String> statuses(RunReport report) {
        return report.servers().stream()
                .collect(Collectors.toMap(
                        RunReport.Line::serverName, RunReport.Line::status, (one, _) -> one, TreeMap::new));
    }

    private static void saysWhatItsStatusNeeds(RunReport.Line line) {
        switch (line.status()) {
            case "STARTED", "SUCCEEDED" -> {
                assertThat(line.backupId()).isNotBlank();
                assertThat(line.errorType()).isNull();
            }
            case "FAILED" -> assertThat(line.errorType()).isNotBlank();
            case "PENDING", "CALLING", "DRY_RUN" -> assertThat(line.backupId()).isNull();
            default -> throw new AssertionError("no status of an entry: " + line.status());
        }
        assertThat(line.errorMessage() == null).isEqualTo(line.errorType() == null);
    }
}
