package dev.serverbackup.cli.audit;

import dev.serverbackup.cli.Connection;
import dev.serverbackup.cli.Findings;
import dev.serverbackup.cli.ResultCommand;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows the servers without a good backup for a number of hours. */
@Command(
        name = "overdue",
        description = {
            "The targets of the last weeks that have had no good backup for a number of hours, including those never"
                    + " backed up.",
            "Exits with 1 if there are any."
        },
        footerHeading = "%nExample:%n",
        footer = "  server-backup overdue --hours 26 --stack server-backup")
public final class OverdueCommand extends ResultCommand {
    private static final int MOST_WEEKS = 52;
    private static final int FEW = 16;

    /** A run requested earlier than this before the limit is not read: its servers are queried one by one. */
    private static final Duration LONGEST_BACKUP = Duration.ofDays(3);

    @Mixin
    private HoursOption overdueAfter;

    @Option(
            names = "--weeks",
            paramLabel = "N",
            defaultValue = "4",
            description = "From how many weeks of runs the targets are taken (${DEFAULT-VALUE}).")
    private int weeks;

    @Override
    protected Findings answer(AuditReader audit, Connection deployment) {
        int hours = overdueAfter.hours();
        if (weeks < 1 || weeks > MOST_WEEKS) {
            throw new IllegalArgumentException("--weeks is 1 to %d, not %d".formatted(MOST_WEEKS, weeks));
        }
        Instant now = audit.clock().instant();
        List<Item> runs = audit.runs(new Period(now.minus(Duration.ofDays(7L * weeks)), now))
                .reversed();
        List<Item> newest = runs.subList(0, Math.min(runs.size(), AuditReader.MOST_RUNS));
        Set<String> servers = audit.targets(newest);
        int known = servers.size();
        removeBackedUp(servers, audit, newest, now);
        List<Overdue> overdue = Overdue.among(servers, hours, audit);
        return new Findings(
                List.of(),
                Overdue.table(overdue),
                notes(overdue, known, runs, deployment),
                Map.of("overdue", overdue, "servers", known),
                !overdue.isEmpty());
    }

    /**
     * Removes the servers with a good backup in a recent run: one query for each run, instead of one for each server.
     * The newest run has most of them; a few that are left are queried one by one.
     */
    private void removeBackedUp(Set<String> servers, AuditReader audit, List<Item> newestFirst, Instant now) {
        Instant since = now.minus(Duration.ofHours(overdueAfter.hours()));
        List<Item> recent = newestFirst.stream()
                .filter(run -> run.instant("requestedAt")
                        .filter(since.minus(LONGEST_BACKUP)::isBefore)
                        .isPresent())
                .filter(run -> run.count("SUCCEEDED") > 0 || !run.has("counts"))
                .toList();
        for (Item run : recent) {
            if (servers.size() > FEW) {
                audit.goodOf(run.shown("runId"))
                        .filter(entry -> entry.instant("finishedAt")
                                .filter(since::isBefore)
                                .isPresent())
                        .forEach(entry -> servers.remove(entry.shown("serverName")));
            }
        }
    }

    private List<String> notes(List<Overdue> overdue, int servers, List<Item> runs, Connection deployment) {
        List<String> notes = new ArrayList<>();
        if (overdue.isEmpty()) {
            notes.add("None of the %d targets of the last %d weeks is overdue (%s)."
                    .formatted(servers, weeks, deployment));
        } else {
            notes.add("%d of the %d targets of the last %d weeks have had no good backup for %d hours."
                    .formatted(overdue.size(), servers, weeks, overdueAfter.hours()));
        }
        if (runs.size() > AuditReader.MOST_RUNS) {
            notes.add("Only the newest %d of %d runs were read for their targets."
                    .formatted(AuditReader.MOST_RUNS, runs.size()));
        }
        return notes;
    }
}
