package dev.serverbackup.cli.audit;

import dev.serverbackup.cli.AuditCommand;
import dev.serverbackup.cli.CommandFailedException;
import dev.serverbackup.cli.Connection;
import dev.serverbackup.cli.Csv;
import dev.serverbackup.cli.Findings;
import dev.serverbackup.cli.NewFile;
import dev.serverbackup.cli.OutputOptions;
import dev.serverbackup.cli.ServerBackup;
import dev.serverbackup.cli.Table;
import dev.serverbackup.cli.report.Report;
import dev.serverbackup.cli.report.ReportPage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Reports what happened in a period, as evidence: as a page, and as a row for each entry. */
@Command(
        name = "report",
        description = {
            "What happened in a period, as evidence: its counts, and with --html a page with a calendar of schedules,"
                + " servers and nights, missed slots, failures, overdue servers, exclusions, deletions, verifications"
                + " and runs; with --csv a row for each entry. Of the last seven days.",
            "Exits with 1 if an entry failed, a server is overdue, a slot was MISSED, or the counts do not balance."
        },
        footerHeading = "%nExample:%n",
        footer = "  server-backup report --since 2026-11-01 --html november.html --csv november.csv --stack"
                + " server-backup")
public final class ReportCommand extends AuditCommand {

    @Mixin
    private PeriodOptions period;

    @Option(names = "--html", paramLabel = "FILE", description = "Write the page to a new file.")
    private Path html;

    @Option(names = "--csv", paramLabel = "FILE", description = "Write the entries to a new file.")
    private Path csv;

    @Mixin
    private HoursOption overdueAfter;

    @Option(names = "--json", description = "Print the counts as one JSON document.")
    private boolean json;

    @Override
    protected int ask(AuditReader audit, Connection deployment) {
        int hours = overdueAfter.hours();
        if (html != null
                && csv != null
                && html.toAbsolutePath().normalize().equals(csv.toAbsolutePath().normalize())) {
            throw new IllegalArgumentException("--html and --csv are two files, not both " + html);
        }
        Period days = period.days(audit.clock().instant());
        Report report = write(new ReportReader(audit, days, hours), deployment.toString());
        OutputOptions.print(findings(report), json, program().screen());
        return report.wrong() ? ServerBackup.PROBLEM_FOUND : ServerBackup.OK;
    }

    /** Writes both files, or none if there is an error. */
    private Report write(ReportReader reader, String deployment) {
        try (NewFile page = file("--html", html);
                NewFile rows = file("--csv", csv)) {
            Report report = rows == null ? reader.read(deployment, _ -> {}) : read(reader, deployment, rows);
            if (page != null) {
                ReportPage.write(report, page.writer());
                page.keep();
            }
            if (rows != null) {
                rows.keep();
            }
            return report;
        } catch (IOException e) {
            throw new CommandFailedException("The report can't be written: " + e.getMessage(), "No file was written.");
        }
    }

    private static NewFile file(String option, Path place) {
        return place == null ? null : NewFile.at(option, place);
    }

    private static Report read(ReportReader reader, String deployment, NewFile rows) throws IOException {
        try (Csv lines = Csv.to(rows.writer(), Table.headings(ReportedEntry.COLUMNS))) {
            return reader.read(deployment, entry -> lines.row(Table.row(ReportedEntry.COLUMNS, entry)));
        }
    }

    private Findings findings(Report report) {
        List<String> notes = new ArrayList<>(report.imbalances());
        if (report.imbalances().isEmpty()) {
            notes.add("The counts balance: %d targets, %d entries.".formatted(report.targets(), report.entryCount()));
        }
        Stream.of(html, csv).filter(Objects::nonNull).forEach(file -> notes.add(file + " is written."));
        return new Findings(report.facts(), Table.NONE, notes, report.figures(), report.wrong());
    }
}
