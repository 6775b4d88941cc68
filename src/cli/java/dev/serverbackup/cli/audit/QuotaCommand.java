package dev.serverbackup.cli.audit;

import dev.serverbackup.backup.Quota;
import dev.serverbackup.backup.opsworkscm.OpsWorksCmBackupService;
import dev.serverbackup.cli.CommandFailedException;
import dev.serverbackup.cli.Connection;
import dev.serverbackup.cli.Findings;
import dev.serverbackup.cli.Findings.Fact;
import dev.serverbackup.cli.ResultCommand;
import dev.serverbackup.cli.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;

/** Shows how many manual backups the account has, and its limit. */
@Command(
        name = "quota",
        description =
                "How many manual backups the account has, and how soon it is full. Exits with 1 if no room is left.",
        footerHeading = "%nExample:%n",
        footer = "  server-backup quota --stack server-backup")
public final class QuotaCommand extends ResultCommand {
    private static final int DAYS = 7;
    private static final int MOST_DELETIONS = 10_000;
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(20);

    @Override
    protected Findings answer(AuditReader audit, Connection deployment) {
        Instant now = audit.clock().instant();
        Period week = new Period(now.minus(Duration.ofDays(DAYS)), now);
        List<Item> runs = audit.runs(week);
        Optional<String> backend = runs.stream()
                .reduce((_, newest) -> newest)
                .flatMap(run -> audit.run(run.shown("runId")))
                .flatMap(run -> run.text("backend"));
        int made = runs.stream().mapToInt(run -> run.count("SUCCEEDED")).sum();
        int deleted = audit.deleted(week, MOST_DELETIONS).items().size();
        List<Fact> facts = new ArrayList<>(List.of(
                new Fact("made in the last %d days".formatted(DAYS), String.valueOf(made)),
                new Fact("deleted by retention", String.valueOf(deleted))));
        if (backend.equals(Optional.of("systems-manager"))) {
            facts.addFirst(new Fact("limit", "none, only the storage at the destination"));
            return answer(facts, List.of(), false);
        }
        return switch (OpsWorksCmBackupService.with(deployment.opsWorksCm(), audit.clock(), CALL_TIMEOUT)
                .manualBackups()) {
            case Quota.Known(int used, int maximum) -> {
                facts.addFirst(new Fact("manual backups", "%d of %d".formatted(used, maximum)));
                facts.add(new Fact("days to full", daysToFull(maximum - used, made - deleted)));
                yield answer(
                        facts,
                        used < maximum ? List.of() : List.of("No backup can be made until one is deleted."),
                        used >= maximum);
            }
            case Quota.Unlimited() -> answer(facts, List.of(), false);
            case Quota.Unavailable(var error) ->
                throw new CommandFailedException("OpsWorks CM did not return its quota: " + error.message(), "");
        };
    }

    /** At the rate of the last days. */
    private static String daysToFull(int left, int growth) {
        if (left <= 0) {
            return "0";
        }
        return growth <= 0 ? "never at this rate" : String.valueOf(left * DAYS / growth);
    }

    private static Findings answer(List<Fact> facts, List<String> notes, boolean full) {
        Map<String, Object> json = new LinkedHashMap<>();
        facts.forEach(fact -> json.put(fact.label(), fact.value()));
        return new Findings(facts, Table.NONE, notes, json, full);
    }
}
