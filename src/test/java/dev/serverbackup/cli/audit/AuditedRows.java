package dev.serverbackup.cli.audit;

import dev.serverbackup.audit.AttemptId;
import dev.serverbackup.audit.Entry;
import dev.serverbackup.audit.EntryStatus;
import dev.serverbackup.audit.PastBackup;
import dev.serverbackup.audit.Run;
import dev.serverbackup.audit.RunStatus;
import dev.serverbackup.audit.Target;
import dev.serverbackup.audit.dynamodb.DynamoDbAuditRepository;
import dev.serverbackup.audit.dynamodb.DynamoDbFollowUpRepository;
import dev.serverbackup.backup.Backup;
import dev.serverbackup.backup.BackupBackend;
import dev.serverbackup.backup.BackupError;
import dev.serverbackup.backup.ErrorType;
import dev.serverbackup.local.dynamodb.LocalDynamoDb;
import dev.serverbackup.request.RequestedBy;
import dev.serverbackup.request.RunId;
import dev.serverbackup.request.ServerName;
import dev.serverbackup.server.Excerpt;
import dev.serverbackup.server.ExcludedServer;
import dev.serverbackup.server.Server;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A table of its own, with rows as the application itself writes them. */
record AuditedRows(String table, DynamoDbAuditRepository trail, DynamoDbFollowUpRepository open) {
    static AuditedRows in(LocalDynamoDb local, String table) {
        local.createTable(table);
        return new AuditedRows(
                table,
                new DynamoDbAuditRepository(local.client(), table, InstantSource.system()),
                new DynamoDbFollowUpRepository(local.client(), table, Duration.ofDays(400), InstantSource.system()));
    }

    Run run(String id, String requestedAt, String... servers) {
        Run run = new Run(
                new RunId(id),
                "hash",
                "{\"all\":true,\"description\":\"before release 4711\"}",
                "before release 4711",
                new RequestedBy("acme.release-pipeline", Optional.empty(), Optional.empty()),
                BackupBackend.OPSWORKS_CM,
                "{\"all\":true,\"excludeTags\":{\"BackupHold\":[]}}",
                List.of(servers).stream()
                        .map(name -> new Target(new ServerName(name), Optional.of(arn(name))))
                        .toList(),
                Excerpt.of(List.of(new ExcludedServer(new ServerName("charlie"), "excluded by tag BackupHold"))),
                Excerpt.of(List.of()),
                RunStatus.RUNNING,
                new TreeMap<>(),
                Instant.parse(requestedAt));
        trail.open(run);
        return run;
    }

    /**
     * The schedule's nights of the 2nd and the 3rd of March 2026. Delta never had a good backup, and alpha's first one was deleted.
     *
     * @param error why delta's failed
     */
    void twoNights(String error) {
        String at = "2026-03-02T02:00:00Z";
        Run second = run("sched@" + at, at, "alpha", "bravo", "delta");
        Entry first = succeeded("sched@" + at, "alpha", at);
        succeeded("sched@" + at, "bravo", at);
        failed("sched@" + at, "delta", at, error);
        finished(second, RunStatus.PARTIALLY_FAILED, Map.of(EntryStatus.SUCCEEDED, 2, EntryStatus.FAILED, 1));
        String next = "2026-03-03T02:00:00Z";
        Run third = run("sched@" + next, next, "alpha");
        succeeded("sched@" + next, "alpha", next);
        finished(third, RunStatus.SUCCEEDED, Map.of(EntryStatus.SUCCEEDED, 1));
        deleted(first, "2026-03-03T02:10:00Z");
    }

    /** The run of a slot whose event did not come, as the follow-up writes it. */
    Run uncalled(String id, String requestedAt, RunStatus status) {
        Run run = new Run(
                new RunId(id),
                "hash",
                "{}",
                "",
                RequestedBy.CATCH_UP,
                BackupBackend.OPSWORKS_CM,
                "{\"all\":true}",
                List.of(),
                Excerpt.of(List.of()),
                Excerpt.of(List.of()),
                status,
                new TreeMap<>(),
                Instant.parse(requestedAt));
        trail.open(run);
        return run;
    }

    Entry pending(String run, String server, String requestedAt) {
        Server target = new Server(new ServerName(server), Optional.of(arn(server)), Map.of("Backup", "nightly"));
        return trail.create(
                Entry.pending(new RunId(run), BackupBackend.OPSWORKS_CM, target, Instant.parse(requestedAt)));
    }

    Entry failed(String run, String server, String requestedAt, String message) {
        Entry pending = pending(run, server, requestedAt);
        Entry failed = pending.failed(
                BackupError.known(ErrorType.LIMIT_EXCEEDED, message),
                pending.requestedAt().plusSeconds(2));
        trail.replace(pending, failed);
        return failed;
    }

    Entry succeeded(String run, String server, String requestedAt) {
        Entry pending = pending(run, server, requestedAt);
        Instant at = pending.requestedAt();
        Backup backup = Backup.of(Map.of("BackupId", server + "-1", "Status", "OK"));
        Entry succeeded = pending.claimed(new AttemptId("attempt-1"), at.plusSeconds(120))
                .started(backup, at.plusSeconds(1))
                .succeeded(backup, at.plusSeconds(60));
        trail.replace(pending, succeeded);
        return succeeded;
    }

    /** A run that is final, with what came of its entries. */
    Run finished(Run run, RunStatus status, Map<EntryStatus, Integer> counts) {
        Run finished = run.standing(status, counts);
        trail.finish(finished);
        return finished;
    }

    /** What retention does with an entry's backup. */
    void deleted(Entry entry, String at) {
        PastBackup backup = open.undeleted(entry.serverName()).stream()
                .filter(one -> one.runId().equals(entry.runId()))
                .findFirst()
                .orElseThrow();
        open.intendDeletion(backup, Instant.parse(at), "last 7");
        open.deleted(backup, Instant.parse(at));
    }

    private static String arn(String name) {
        return "arn:aws:opsworks-cm:eu-west-1:123456789012:server/" + name + "/8epp7f6z";
    }
}
