package dev.serverbackup.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serverbackup.cli.Findings.Fact;
import dev.serverbackup.cli.audit.AuditReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows what a request would do. */
@Command(
        name = "plan",
        description =
                "Shows which servers a request would back up, and the plan's hash. Nothing is backed up or written.",
        footerHeading = "%nExample:%n",
        footer = "  server-backup plan --tag Backup=nightly --out night.plan --stack server-backup")
final class PlanCommand extends ResultCommand {
    @Mixin
    private SelectorOptions selector;

    @Option(names = "--out", paramLabel = "FILE", description = "Write the plan to a new file, for apply.")
    private Path out;

    @Override
    protected Findings answer(AuditReader audit, Connection deployment) {
        ObjectNode detail = selector.detail();
        if (out != null && Files.exists(out)) {
            throw new IllegalArgumentException("--out is a new file; %s exists".formatted(out));
        }
        JsonNode report = new Requests(deployment).dryRun(detail);
        List<String> notes = new ArrayList<>();
        if (report.path("truncated").asBoolean()) {
            notes.add("The report lists the first %d targets; the plan is for all of them."
                    .formatted(report.path("servers").size()));
        }
        if (out != null) {
            keep(detail.put("plan", report.path("plan").asText()));
            notes.add("server-backup apply %s %s requests exactly this.".formatted(out, deployment.options()));
        }
        return new Findings(facts(report), table(report), notes, report, false);
    }

    private void keep(ObjectNode detail) {
        try {
            Files.writeString(out, detail.toPrettyString() + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException("the plan can't be written to " + out, e);
        }
    }

    private static List<Fact> facts(JsonNode report) {
        List<Fact> facts = new ArrayList<>(List.of(
                new Fact("plan", report.path("plan").asText()),
                new Fact("targets", report.path("targets").asText()),
                new Fact("excluded", report.path("excludedCount").asText())));
        report.path("excluded").forEach(one -> facts.add(named("", one, "name")));
        facts.add(new Fact("skipped", report.path("skippedCount").asText()));
        report.path("skipped").forEach(one -> facts.add(named("", one, "resource")));
        report.path("nearMisses").forEach(one -> facts.add(named("mistyped?", one, "name")));
        return facts;
    }

    private static Fact named(String label, JsonNode one, String name) {
        return new Fact(
                label, one.path(name).asText() + ": " + one.path("reason").asText());
    }

    private static Table table(JsonNode report) {
        return Table.of(
                List.of(
                        new Table.Column<>(
                                "SERVER", line -> line.path("serverName").asText()),
                        new Table.Column<JsonNode>(
                                "NAME", line -> line.path("serverTitle").asText("-"))),
                StreamSupport.stream(report.path("servers").spliterator(), false)
                        .toList());
    }
}
