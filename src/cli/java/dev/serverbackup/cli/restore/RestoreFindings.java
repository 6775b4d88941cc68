package dev.serverbackup.cli.restore;

import dev.serverbackup.cli.Findings;
import dev.serverbackup.cli.Findings.Fact;
import dev.serverbackup.cli.Table;
import dev.serverbackup.cli.audit.Item;
import dev.serverbackup.request.ServerName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Describes restores. */
final class RestoreFindings {
    private static final String NONE = "-";

    private RestoreFindings() {}

    /** What would be restored, and to which server. */
    static Findings plan(Item entry, ServerName to, Instant now) {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("restore server", to.value()));
        facts.add(new Fact("from backup", entry.shown("backup", "BackupId")));
        facts.add(new Fact("of server", entry.server()));
        facts.add(new Fact(
                "finished", "%s, %s ago".formatted(entry.shown("finishedAt"), entry.since("finishedAt", now))));
        facts.add(new Fact("in run", entry.shown("runId")));
        size(entry).ifPresent(size -> facts.add(new Fact("size", size + " bytes")));
        member(entry, "Sha256").ifPresent(hash -> facts.add(new Fact("SHA-256", hash)));
        facts.add(new Fact("verified", entry.has("verification") ? entry.verified() : "never"));
        List<String> notes = new ArrayList<>();
        notes.add("The present data of server %s will be replaced.".formatted(to));
        warning(entry).ifPresent(notes::add);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("server", to.value());
        json.put("entry", entry.json());
        return new Findings(facts, Table.NONE, notes, json, false);
    }

    private static Optional<String> size(Item entry) {
        return Stream.of("Size", "S3DataSize")
                .flatMap(name -> member(entry, name).stream())
                .findFirst();
    }

    private static Optional<String> member(Item entry, String name) {
        return Optional.of(entry.shown("backup", name)).filter(value -> !value.equals(NONE));
    }

    private static Optional<String> warning(Item entry) {
        return switch (entry.shown("verification", "result")) {
            case "PASSED" -> Optional.empty();
            case "FAILED" ->
                Optional.of("WARNING: its verification failed: the backup is likely to be damaged. Choose another one"
                        + " if there is one.");
            case NONE -> Optional.of("WARNING: this backup was never verified.");
            default ->
                Optional.of("WARNING: its verification did not finish: whether the backup is good is not known.");
        };
    }

    /** The state of a restore in a few words. */
    static String inWords(Restore restore) {
        return "%s, requested at %s by %s"
                .formatted(
                        restore.status(),
                        restore.row().shown("requestedAt"),
                        restore.row().shown("requestedBy"));
    }

    /** The result of a restore. */
    static Findings ended(Restore restore) {
        Item row = restore.row();
        List<Fact> facts = new ArrayList<>(List.of(
                new Fact("restore of server", restore.server().value()),
                new Fact("status", restore.status().name()),
                new Fact("backup", row.shown("backup", "BackupId")),
                new Fact("requested", "%s by %s".formatted(row.shown("requestedAt"), row.shown("requestedBy")))));
        row.text("startedAt").ifPresent(at -> facts.add(new Fact("started", at)));
        row.text("finishedAt").ifPresent(at -> facts.add(new Fact("ended", at)));
        if (row.has("restored")) {
            facts.add(new Fact("restored", row.shown("restored")));
        }
        if (row.has("error")) {
            facts.add(new Fact("error", row.error()));
        }
        return new Findings(
                facts,
                Table.NONE,
                advice(restore).stream().toList(),
                row.json(),
                restore.status() != Restore.Status.SUCCEEDED);
    }

    private static Optional<String> advice(Restore restore) {
        return switch (restore.status()) {
            case SUCCEEDED -> Optional.empty();
            case REQUESTED, RUNNING -> Optional.of(Restoration.followed(restore.server()));
            case FAILED ->
                Optional.of("server-backup explain %s explains the error."
                        .formatted(restore.row().shown("error", "type")));
            case UNKNOWN ->
                Optional.of(
                        switch (restore.backend()) {
                            case OPSWORKS_CM ->
                                "The server may have been restored. Look at its events (DescribeEvents of OpsWorks CM)"
                                        + " before you restore again.";
                            case SYSTEMS_MANAGER ->
                                "The server may have been restored. Look at its commands before you restore again: aws"
                                        + " ssm list-commands --instance-id " + restore.server();
                        });
        };
    }

    /** A refusal, with its reason and advice. */
    static Findings refused(String why, String advice) {
        return new Findings(
                List.of(),
                Table.NONE,
                Stream.of(why, advice).filter(text -> !text.isEmpty()).toList(),
                Map.of("refused", why),
                true);
    }
}
