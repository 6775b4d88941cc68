package dev.serverbackup.cli.audit;

import dev.serverbackup.cli.Connection;
import dev.serverbackup.cli.Findings;
import dev.serverbackup.cli.Findings.Fact;
import dev.serverbackup.cli.Table;
import dev.serverbackup.cli.Table.Column;
import dev.serverbackup.request.ServerName;
import dev.serverbackup.retention.RetentionPolicy;
import dev.serverbackup.retention.RetentionRule;
import dev.serverbackup.retention.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The backups that retention deleted, each with the rules that did not keep it; or what it would delete. */
@Command(
        name = "deleted",
        description = {
            "The backups that retention deleted, oldest first; of the last seven days.",
            "With --dry-run: what retention would delete now, and which rule keeps each of the others."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  server-backup deleted --stack server-backup --since 2026-11-01",
            "  server-backup deleted --dry-run --stack server-backup",
            "  server-backup deleted --dry-run --rules \"last 7, daily 14\" --local"
        })
public final class DeletedCommand extends PeriodListing {
    static final List<Column<Item>> COLUMNS = List.of(
            Columns.DELETED, Columns.SERVER, Columns.BACKUP_ID, Columns.FINISHED, Columns.RUN, Columns.NOT_KEPT_BY);

    @ArgGroup(exclusive = false)
    private DryRun dryRun;

    /** The options of a dry run. */
    private static final class DryRun {
        @Option(
                names = "--dry-run",
                required = true,
                description = "What retention would delete now. Nothing is deleted.")
        private boolean on;

        @Option(names = "--server", paramLabel = "NAME", description = "Only this server; may be repeated.")
        private List<String> servers = List.of();

        @Option(
                names = "--rules",
                paramLabel = "RULES",
                description = "The rules, as in RetainedBackups. Default: the stack's.")
        private String rules;

        @Option(
                names = "--timezone",
                paramLabel = "ZONE",
                description = "The time zone of the rules. Default: the stack's, or UTC.")
        private String timezone;
    }

    public DeletedCommand() {
        super(AuditReader::deleted, "backup deleted", false, COLUMNS);
    }

    @Override
    protected Findings answer(AuditReader audit, Connection deployment) {
        return dryRun != null && dryRun.on ? excess(audit, deployment) : super.answer(audit, deployment);
    }

    private Findings excess(AuditReader audit, Connection deployment) {
        RetentionPolicy policy = policy(deployment);
        if (policy.isOff()) {
            return new Findings(
                    List.of(new Fact("rules", "0")),
                    Table.NONE,
                    List.of("Nothing is ever deleted: retention is off."),
                    Map.of("rules", "0", "backups", List.of()),
                    false);
        }
        Excess excess = new Excess(deployment, audit.clock(), policy);
        List<Verdict> verdicts =
                servers(audit).flatMap(server -> excess.of(server).stream()).toList();
        long deleted = verdicts.stream().filter(Excess::isExcess).count();
        return new Findings(
                List.of(
                        new Fact("rules", policy.description()),
                        new Fact("would be deleted", String.valueOf(deleted)),
                        new Fact("would stay", String.valueOf(verdicts.size() - deleted))),
                Table.of(Excess.COLUMNS, verdicts),
                List.of("Retention deletes these after their server's next success. Nothing was deleted."),
                Map.of(
                        "rules",
                        policy.description(),
                        "backups",
                        verdicts.stream().map(Excess::json).toList()),
                false);
    }

    private RetentionPolicy policy(Connection deployment) {
        String rules = Optional.ofNullable(dryRun.rules)
                .or(() -> deployment.parameter("RetainedBackups"))
                .orElseThrow(() -> new IllegalArgumentException("give --rules, or --stack to use the stack's rules"));
        String zone = Optional.ofNullable(dryRun.timezone)
                .or(() -> deployment.parameter("ScheduleTimezone"))
                .orElse("");
        return new RetentionPolicy(RetentionRule.parse(rules), RetentionPolicy.zone(zone), true);
    }

    private Stream<ServerName> servers(AuditReader audit) {
        return dryRun.servers.isEmpty()
                ? audit.recentTargets().stream().map(ServerName::new)
                : dryRun.servers.stream()
                        .distinct()
                        .map(name -> ServerName.parse(name)
                                .orElseThrow(() -> new IllegalArgumentException(
                                        "--server is a name of %s, not '%s'".formatted(ServerName.ALLOWED, name))));
    }
}
