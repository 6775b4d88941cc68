package dev.serverbackup.cli.restore;

import dev.serverbackup.backup.BackupBackend;
import dev.serverbackup.backup.BackupOperations;
import dev.serverbackup.backup.CommandSettings;
import dev.serverbackup.backup.Documents.DocumentReference;
import dev.serverbackup.backup.opsworkscm.OpsWorksCmBackupService;
import dev.serverbackup.backup.runcommand.CommandOperations;
import dev.serverbackup.cli.Connection;
import dev.serverbackup.cli.Findings;
import dev.serverbackup.cli.ResultCommand;
import dev.serverbackup.cli.audit.AuditReader;
import dev.serverbackup.cli.audit.Item;
import dev.serverbackup.cli.audit.Period;
import dev.serverbackup.request.ServerName;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Restores a server. */
@Command(
        name = "restore",
        description = {
            "Restores a server from its newest good backup that still exists, or from the one that is named, and waits"
                    + " for the end. Asks for the server's name to be typed before anything is sent.",
            "Exits with 1 if the restore is refused, or did not succeed. Ctrl-C ends the waiting, not the restore."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  server-backup restore --server puppet-eu --dry-run --stack server-backup",
            "  server-backup restore --server puppet-eu --stack server-backup",
            "  server-backup restore --server puppet-eu --before 2026-11-20T14:00:00Z",
            "      --stack server-backup",
            "  server-backup restore --server puppet-eu --follow --stack server-backup"
        })
public final class RestoreCommand extends ResultCommand {
    /** How long a command may wait for the server's agent. */
    private static final Duration DELIVERY = Duration.ofMinutes(10);

    /** How long a restore may run on an instance. */
    private static final Duration EXECUTION = Duration.ofHours(24);

    private static final Set<String> UNDER_WAY = Set.of("PENDING", "CALLING", "STARTED");

    @Option(names = "--server", required = true, paramLabel = "NAME", description = "The backup's own server.")
    private String server;

    @ArgGroup
    private Which which = new Which();

    @Option(
            names = "--to",
            paramLabel = "NAME",
            description = "Another instance to restore to. Default: the backup's own server.")
    private String to;

    @Option(
            names = "--document",
            paramLabel = "NAME:VERSION",
            description = "The document that restores instances. Default: the stack's.")
    private String document;

    @Option(names = "--dry-run", description = "Only show what would be done. Nothing is sent or written.")
    private boolean dryRun;

    @Option(names = "--yes", description = "Do not ask for the server's name: for scripts.")
    private boolean yes;

    @Option(names = "--follow", description = "Only follow the server's last restore. Nothing is sent.")
    private boolean follow;

    /** At most one of the two; by default the newest backup. */
    private static final class Which {
        @Option(names = "--backup", paramLabel = "ID", description = "Just this backup.")
        private String backup;

        @Option(
                names = "--before",
                paramLabel = "TIME",
                description = "The newest that was finished before this date or instant, in UTC.")
        private String before;
    }

    @Override
    protected Findings answer(AuditReader audit, Connection deployment) {
        ServerName own = name("--server", server);
        ServerName target = to == null ? own : name("--to", to);
        Optional<Instant> before = Optional.ofNullable(which.before).map(time -> Period.from("--before", time));
        RestoreRows rows = rows(audit, deployment);
        Optional<Restore> last = rows.last(target);
        if (follow) {
            return last.map(restore -> followed(restoration(restore.backend(), rows, deployment), restore))
                    .orElseGet(() ->
                            RestoreFindings.refused("The audit has no restore of server %s.".formatted(target), ""));
        }
        Optional<Findings> refusal = unended(last, rows, deployment).or(() -> underWay(audit, target));
        if (refusal.isPresent()) {
            return refusal.get();
        }
        Choice choice =
                which.backup == null ? Choice.newest(audit, own, before) : Choice.byId(audit, own, which.backup);
        return switch (choice) {
            case Choice.None(var why, var advice) -> RestoreFindings.refused(why, advice);
            case Choice.Found(var entry) -> restored(entry, target, last, audit, deployment);
        };
    }

    private Findings followed(Restoration restoration, Restore restore) {
        boolean open = restore.status().isOpen();
        Restore ended = restoration.follow(restore);
        if (open) {
            program().screen().endProgress();
        }
        return RestoreFindings.ended(ended);
    }

    private static ServerName name(String option, String name) {
        return ServerName.parse(name)
                .orElseThrow(() -> new IllegalArgumentException(
                        "%s is a name of %s, not '%s'".formatted(option, ServerName.ALLOWED, name)));
    }

    /** The refusal if an earlier restore has not ended. Its state is read first, since it may have ended by now. */
    private Optional<Findings> unended(Optional<Restore> last, RestoreRows rows, Connection deployment) {
        return last.filter(restore -> restore.status().isOpen())
                .map(restore -> dryRun ? restore : lookedUp(restore, rows, deployment))
                .filter(restore -> restore.status().isOpen())
                .map(restore -> RestoreFindings.refused(
                        "A restore of server %s has not ended: %s."
                                .formatted(restore.server(), RestoreFindings.inWords(restore)),
                        Restoration.followed(restore.server())));
    }

    private Restore lookedUp(Restore open, RestoreRows rows, Connection deployment) {
        tell("Server %s has an open restore: %s. It is looked up before anything is sent."
                .formatted(open.server(), RestoreFindings.inWords(open)));
        Restore looked = restoration(open.backend(), rows, deployment).look(open);
        tell("It is %s now.".formatted(looked.status()));
        return looked;
    }

    private static Optional<Findings> underWay(AuditReader audit, ServerName target) {
        return audit.entries(
                        target.value(),
                        entry ->
                                entry.text("status").filter(UNDER_WAY::contains).isPresent())
                .findFirst()
                .map(entry -> RestoreFindings.refused(
                        "A backup of server %s is under way: its entry in run %s is %s."
                                .formatted(target, entry.shown("runId"), entry.shown("status")),
                        "Restore once it is final: server-backup run %s shows it.".formatted(entry.shown("runId"))));
    }

    private Findings restored(
            Item entry, ServerName target, Optional<Restore> last, AuditReader audit, Connection deployment) {
        RestoreRows rows = rows(audit, deployment);
        BackupBackend backend = BackupBackend.of(entry.shown("backend"));
        if (backend == BackupBackend.OPSWORKS_CM && !target.value().equals(entry.shown("serverName"))) {
            return RestoreFindings.refused(
                    "OpsWorks CM restores a server in place only, not to server %s.".formatted(target),
                    "Leave out --to.");
        }
        Restoration restoration = restoration(backend, rows, deployment);
        Findings plan = RestoreFindings.plan(entry, target, audit.clock().instant());
        if (dryRun) {
            return plan;
        }
        tell(plan);
        if (!yes && !isConfirmed(target)) {
            return RestoreFindings.refused("Nothing was restored: the server's name was not typed.", "");
        }
        // Checked again, since typing a name takes time.
        Optional<Findings> refusal = underWay(audit, target);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        Restore requested = Restore.requested(
                last.map(Restore::number).orElse(0) + 1,
                target,
                entry,
                UUID.randomUUID().toString().replace("-", ""),
                by(deployment),
                deployment.runningClock(program().clock()).instant());
        if (!rows.create(requested)) {
            return RestoreFindings.refused(
                    "Another restore of server %s was just started.".formatted(target), Restoration.followed(target));
        }
        Restore begun = restoration.start(requested);
        if (begun.status().isOpen()) {
            tell("The restore was started. Ctrl-C stops waiting, not the restore; " + Restoration.followed(target));
        }
        return followed(restoration, begun);
    }

    /** @throws IllegalArgumentException if there is no terminal */
    private boolean isConfirmed(ServerName target) {
        return program()
                .prompt()
                .ask("Type the name of the server that is restored, %s, to go on: ".formatted(target))
                .orElseThrow(() -> new IllegalArgumentException(
                        "there is no terminal to type the server's name; --yes restores without asking"))
                .strip()
                .equals(target.value());
    }

    private String by(Connection deployment) {
        return deployment.caller().orElseGet(() -> System.getProperty("user.name"));
    }

    private static RestoreRows rows(AuditReader audit, Connection deployment) {
        return new RestoreRows(audit, deployment.dynamoDb(), deployment.table());
    }

    private Restoration restoration(BackupBackend backend, RestoreRows rows, Connection deployment) {
        InstantSource clock = deployment.runningClock(program().clock());
        return new Restoration(
                rows,
                operations(backend, deployment, clock),
                clock,
                program().pause(),
                line -> program().screen().showProgress(line));
    }

    private BackupOperations operations(BackupBackend backend, Connection deployment, InstantSource clock) {
        return switch (backend) {
            case OPSWORKS_CM ->
                OpsWorksCmBackupService.with(deployment.opsWorksCm(), clock, Restoration.CALL_TIMEOUT)
                        .operations();
            case SYSTEMS_MANAGER ->
                CommandOperations.with(
                        deployment.systemsManager(),
                        new CommandSettings(
                                DocumentReference.parse(document == null ? deployment.restoreDocument() : document),
                                DELIVERY,
                                EXECUTION,
                                deployment.commandLogGroup()),
                        clock,
                        Restoration.CALL_TIMEOUT);
        };
    }
}
