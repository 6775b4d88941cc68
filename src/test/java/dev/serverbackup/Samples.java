package dev.serverbackup;

import dev.serverbackup.audit.AttemptId;
import dev.serverbackup.audit.Entry;
import dev.serverbackup.audit.PastBackup;
import dev.serverbackup.audit.Run;
import dev.serverbackup.audit.RunStatus;
import dev.serverbackup.audit.Target;
import dev.serverbackup.backup.Backup;
import dev.serverbackup.backup.BackupBackend;
import dev.serverbackup.backup.BackupError;
import dev.serverbackup.backup.ErrorType;
import dev.serverbackup.request.BackupRequest;
import dev.serverbackup.request.RequestedBy;
import dev.serverbackup.request.RunId;
import dev.serverbackup.request.ServerName;
import dev.serverbackup.request.TagSelector;
import dev.serverbackup.server.Excerpt;
import dev.serverbackup.server.ExcludedServer;
import dev.serverbackup.server.Server;
import dev.serverbackup.server.SkippedResource;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** The servers, runs and entries that the tests speak of. */
public final class Samples {
    public static final Instant TWO_O_CLOCK = Instant.parse("2026-03-01T02:00:00Z");
    public static final RunId NIGHTLY = new RunId("nightly");
    public static final RunId HOURLY = new RunId("hourly");
    public static final Server ALPHA = server("alpha");
    public static final Server BRAVO = server("bravo");
    public static final Server CHARLIE = server("charlie");
    public static final AttemptId FIRST = new AttemptId("attempt-1");
    public static final AttemptId SECOND = new AttemptId("attempt-2");
    public static final BackupError BUSY = BackupError.known(ErrorType.INVALID_STATE, "the server is BACKING_UP");
    public static final BackupError NO_ANSWER = BackupError.doubtful(ErrorType.NO_ANSWER, "connection lost");

    public static final ExcludedServer HELD_DELTA =
            new ExcludedServer(new ServerName("delta"), "excluded by tag BackupHold");
    public static final SkippedResource SKIPPED_INSTANCE =
            new SkippedResource("arn:aws:ec2:eu-west-1:123456789012:instance/i-0123456789abcdef0", "not a server");

    private Samples() {}

    public static Server server(String name) {
        String arn = "arn:aws:opsworks-cm:eu-west-1:123456789012:server/" + name + "/8epp7f6z";
        return new Server(new ServerName(name), Optional.of(arn), Map.of("Backup", "nightly"));
    }

    /** Asks for a backup of every server that is tagged. */
    public static BackupRequest request(RunId runId) {
        return request(runId, "before release 4711", false, 1_000);
    }

    public static BackupRequest request(RunId runId, String description, boolean dryRun, int maxTargets) {
        return new BackupRequest(
                runId,
                new TagSelector(new TreeMap<>(), new TreeMap<>(), new TreeSet<>(), true),
                description,
                dryRun,
                maxTargets,
                Optional.empty(),
                new RequestedBy("acme.release-pipeline", Optional.of("Server Backup Requested"), Optional.of("e-1")),
                "{\"all\":true,\"description\":\"" + description + "\"}");
    }

    public static Run run(Server... servers) {
        return run(NIGHTLY, List.copyOf(Arrays.asList(servers)));
    }

    /** The same run of another backend, or at another time. */
    public static Run like(Run run, BackupBackend backend, Instant requestedAt) {
        return new Run(
                run.runId(),
                run.requestHash(),
                run.canonicalRequest(),
                run.description(),
                run.requestedBy(),
                backend,
                run.selector(),
                run.targets(),
                run.excluded(),
                run.skipped(),
                run.status(),
                run.counts(),
                requestedAt);
    }

    public static Run run(RunId runId, List<Server> servers) {
        BackupRequest request = request(runId);
        return new Run(
                runId,
                request.hash(),
                request.canonicalRequest(),
                request.description(),
                request.requestedBy(),
                BackupBackend.OPSWORKS_CM,
                request.selector().json(),
                servers.stream()
                        .map(server -> new Target(server.name(), server.arn()))
                        .toList(),
                Excerpt.of(List.of(HELD_DELTA)),
                Excerpt.of(List.of(SKIPPED_INSTANCE)),
                servers.isEmpty() ? RunStatus.NO_TARGETS : RunStatus.RUNNING,
                new TreeMap<>(),
                TWO_O_CLOCK);
    }

    public static Entry pending(Server server) {
        return Entry.pending(NIGHTLY, BackupBackend.OPSWORKS_CM, server, TWO_O_CLOCK);
    }

    public static Entry claimed(Server server) {
        return pending(server).claimed(FIRST, TWO_O_CLOCK.plusSeconds(120));
    }

    public static Entry started(Server server) {
        return claimed(server).started(backup(server), TWO_O_CLOCK.plusSeconds(1));
    }

    /** The backup of the nightly run, which has succeeded a minute later. */
    public static PastBackup past(Server server) {
        return PastBackup.of(started(server).succeeded(backup(server), TWO_O_CLOCK.plusSeconds(60)));
    }

    /** A backup of the nightly run. */
    public static Backup backup(Server server) {
        return Backup.of(Map.of(
                Backup.ID,
                server.name() + "-20260301020001000",
                Backup.SERVER,
                server.name().value(),
                Backup.STATUS,
                "IN_PROGRESS",
                Backup.TYPE,
                Backup.MANUAL,
                Backup.DESCRIPTION,
                "before release 4711" + BackupRequest.marker(NIGHTLY),
                Backup.CREATED,
                "2026-03-01T02:00:01Z",
                "S3DataSize",
                BigDecimal.valueOf(4711),
                "SubnetIds",
                List.of("subnet-1", "subnet-2")));
    }
}
