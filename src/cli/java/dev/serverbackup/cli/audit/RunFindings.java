package dev.serverbackup.cli.audit;

import dev.serverbackup.cli.Connection;
import dev.serverbackup.cli.Findings;
import dev.serverbackup.cli.Findings.Fact;
import dev.serverbackup.cli.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Describes a run, its excluded and skipped servers, and its entries. */
public final class RunFindings {
    /** The most rows that a run can have. */
    public static final int ALL = LimitOption.MOST;

    private RunFindings() {}

    /** The result is wrong if the run does not exist, is {@code MISSED}, had no targets, or has a failed entry. */
    public static Findings of(AuditReader audit, String run, int limit, Connection deployment) {
        Rows rows = audit.ofRun(run, limit);
        List<Item> entries = rows.items().stream().filter(item -> !item.isRun()).toList();
        List<Fact> facts = new ArrayList<>();
        rows.items().stream().filter(Item::isRun).forEach(row -> facts.addAll(facts(row)));
        List<String> notes = new ArrayList<>(rows.note());
        if (rows.items().isEmpty()) {
            notes.add("There is no run %s (%s).".formatted(run, deployment));
        }
        boolean missed = rows.items().stream().anyMatch(Item::isMissed);
        boolean empty = rows.items().stream()
                .anyMatch(item -> item.isRun() && item.shown("status").equals("NO_TARGETS"));
        if (empty) {
            notes.add("The run had no targets, so no server was backed up: server-backup explain NO_TARGETS.");
        }
        boolean failed = entries.stream().anyMatch(item -> item.shown("status").equals("FAILED"));
        return new Findings(
                facts,
                table(entries),
                notes,
                rows.json(),
                missed || empty || failed || rows.items().isEmpty());
    }

    private static List<Fact> facts(Item run) {
        List<Fact> facts = new ArrayList<>(List.of(
                new Fact("run", run.shown("runId")),
                new Fact("status", run.shown("status")),
                new Fact("requested", run.shown("requestedAt")),
                new Fact("by", run.shown("requestedBy", "source")),
                new Fact("request", run.shown("request")),
                new Fact("targets", run.shown("targetCount")),
                new Fact("entries", run.counts("counts")),
                new Fact("backend", run.shown("backend")),
                new Fact("selector", run.shown("selector"))));
        facts.addAll(leftOut("excluded", run, run.reasons("excluded", "name")));
        facts.addAll(leftOut("skipped", run, run.reasons("skipped", "resource")));
        return facts;
    }

    private static List<Fact> leftOut(String label, Item run, Map<String, String> reasons) {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact(label, run.shown(label + "Count")));
        reasons.forEach((name, reason) -> facts.add(new Fact("", name + ": " + reason)));
        if (run.number(label + "Count") > reasons.size()) {
            facts.add(new Fact("", "… the audit names the first %d".formatted(reasons.size())));
        }
        return facts;
    }

    private static Table table(List<Item> entries) {
        return Table.of(
                List.of(
                        Columns.SERVER,
                        Columns.STATUS,
                        Columns.ATTEMPTS,
                        Columns.STARTED,
                        Columns.FINISHED,
                        Columns.BACKUP,
                        Columns.ERROR),
                entries);
    }
}
