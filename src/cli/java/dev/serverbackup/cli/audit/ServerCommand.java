package dev.serverbackup.cli.audit;

import dev.serverbackup.cli.Connection;
import dev.serverbackup.cli.Findings;
import dev.serverbackup.cli.Findings.Fact;
import dev.serverbackup.cli.ResultCommand;
import dev.serverbackup.cli.Table;
import dev.serverbackup.cli.Table.Column;
import dev.serverbackup.request.ServerName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Shows a server's history, and its last good backup. */
@Command(
        name = "server",
        description =
                "A server's entries, newest first, its last good backup that still exists, and its last restores. Exits"
                        + " with 1 if there is no such backup.",
        footerHeading = "%nExample:%n",
        footer = "  server-backup server chef-automate-prod-1 --stack server-backup --since 2026-11-01")
public final class ServerCommand extends ResultCommand {
    private static final int RESTORES = 5;

    @Parameters(paramLabel = "NAME", description = "The server's name, or the instance's id.")
    private String server;

    @Mixin
    private PeriodOptions period;

    @Mixin
    private LimitOption limit;

    @Override
    protected Findings answer(AuditReader audit, Connection deployment) {
        String name = ServerName.parse(server)
                .orElseThrow(() -> new IllegalArgumentException(
                        "NAME is a name of %s, not '%s'".formatted(ServerName.ALLOWED, server)))
                .value();
        Rows rows = audit.ofServer(name, period.any(), limit.rows());
        Optional<Item> good = audit.lastGood(name);
        List<String> notes = new ArrayList<>(rows.note());
        if (rows.items().isEmpty()) {
            notes.add("There is no entry of server %s requested %s (%s).".formatted(name, period.any(), deployment));
        }
        Map<String, Object> json = new LinkedHashMap<>(rows.json());
        json.put("lastGoodBackup", good.map(Item::json).orElse(null));
        List<Item> restores = audit.restores(name).limit(RESTORES).toList();
        json.put("restores", restores.stream().map(Item::json).toList());
        rows.items()
                .forEach(item -> item.warnings()
                        .forEach(warning ->
                                notes.add("Backup %s: %s".formatted(item.shown("backup", "BackupId"), warning))));
        restores.forEach(restore -> notes.add(inWords(restore)));
        return new Findings(facts(name, rows, good, audit.clock().instant()), table(rows), notes, json, good.isEmpty());
    }

    /** A restore in a sentence. */
    private static String inWords(Item restore) {
        String began = "Restore from backup %s, requested at %s by %s: %s"
                .formatted(
                        restore.shown("backup", "BackupId"),
                        restore.shown("requestedAt"),
                        restore.shown("requestedBy"),
                        restore.shown("status"));
        String ended = restore.has("finishedAt") ? " at " + restore.shown("finishedAt") : "";
        return began + ended + (restore.has("error") ? ", " + restore.error() : "");
    }

    private static List<Fact> facts(String name, Rows rows, Optional<Item> good, Instant now) {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact(
                "server", rows.items().stream().findFirst().map(Item::server).orElse(name)));
        if (good.isEmpty()) {
            facts.add(new Fact("last good backup", "none that still exists"));
            return facts;
        }
        Item backup = good.get();
        facts.add(new Fact("last good backup", backup.shown("backup", "BackupId")));
        facts.add(new Fact(
                "finished", "%s, %s ago".formatted(backup.shown("finishedAt"), backup.since("finishedAt", now))));
        shown(backup, "Artefact").ifPresent(where -> facts.add(new Fact("artefact", where)));
        shown(backup, "Size").ifPresent(size -> facts.add(new Fact("size", size + " bytes")));
        shown(backup, "Sha256").ifPresent(sum -> facts.add(new Fact("SHA-256", sum)));
        return facts;
    }

    private static Optional<String> shown(Item backup, String member) {
        return Optional.of(backup.shown("backup", member)).filter(value -> !value.equals("-"));
    }

    private static Table table(Rows rows) {
        List<Column<Item>> columns = new ArrayList<>(List.of(
                Columns.REQUESTED,
                Columns.STATUS,
                Columns.ATTEMPTS,
                Columns.FINISHED,
                Columns.RUN,
                Columns.BACKUP,
                Columns.VERIFIED));
        columns.addAll(Growth.columns(rows.items()));
        columns.add(Columns.ERROR);
        return Table.of(columns, rows.items());
    }
}
