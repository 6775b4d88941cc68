package dev.serverbackup.simulation;

import static dev.serverbackup.simulation.Broken.*;

import dev.serverbackup.audit.EntryStatus;
import dev.serverbackup.backup.Backup;
import dev.serverbackup.backup.FakeServers;
import dev.serverbackup.backup.ListResult;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** The rules of docs/reliability.md, each switched off alone. */
final class BrokenRules {
    private static final Duration NEVER = Duration.ofDays(100_000);

    private BrokenRules() {}

    static Map<String, BrokenRule> all() {
        Map<String, BrokenRule> rules = new LinkedHashMap<>();
        rules.put("1 run row first", audit(BrokenAudit.OwnTargets::new));
        rules.put("2 entries before the first call", judged(audit(BrokenAudit.EntryWithItsClaim::new)));
        rules.put("3 the claim is written before the call", audit(BrokenAudit.ClaimUnwritten::new));
        rules.put(
                "3 one claim wins",
                condition((standing, seen, next) -> isClaim(next) || SimulatedTable.Condition.real(standing, seen)));
        rules.put("3 a lease is respected", audit(BrokenAudit.NoLease::new));
        rules.put("3 look at the clock before sending", lateBy(NEVER));
        rules.put("3 the lease outlasts the call", lateBy(Scenario.TERMS.callTimeout()));
        rules.put("3 the lease outlasts the visibility delay", lateBy(Scenario.TERMS.visibilityDelay()));
        rules.put("4 no blind retry", service((real, _) -> new BrokenService.BlindRetry(real)));
        rules.put("4 only a typed 4xx proves anything", service((real, _) -> new BrokenService.NoDoubt(real)));
        rules.put("5 look before acting", eyes((_, _) -> _ -> BrokenService.OtherLook.nothing()));
        rules.put("5 a failed look changes nothing", eyes((_, _) -> BrokenService.OtherLook::nothingWhereItFailed));
        rules.put("7 the marker at the very end", eyes((_, _) -> endOfMarker()));
        rules.put("7 the same server", eyes((_, servers) -> allServers(servers)));
        rules.put("7 MANUAL only", eyes((_, _) -> eachWith(Backup.TYPE, Backup.MANUAL)));
        rules.put("7 not of an older run", eyes((_, _) -> eachWith(Backup.CREATED, World.START.toString())));
        rules.put(
                "8 a write names the status",
                condition((standing, seen, _) -> standing.attemptId().equals(seen.attemptId())));
        rules.put("8 a write names the attempt", condition((standing, seen, _) -> standing.status() == seen.status()));
        rules.put(
                "8 an end is written on its condition",
                condition((standing, seen, next) ->
                        next.status().isFinal() || SimulatedTable.Condition.real(standing, seen)));
        rules.put("9 start window", timeouts(NEVER, NEVER.multipliedBy(2)));
        rules.put("9 a look before the window closes", eyes((worker, _) -> blindAfterTheWindow(worker)));
        rules.put("9 completion window", timeouts(Scenario.TERMS.startWindow(), NEVER));
        rules.putAll(BrokenFollowUpRules.all());
        return rules;
    }

    private static BrokenRule lateBy(Duration late) {
        return service((real, _) -> new BrokenService.LateClockLook(real, late));
    }

    private static boolean isClaim(dev.serverbackup.audit.Entry next) {
        return next.status() == EntryStatus.CALLING && next.error().isEmpty();
    }

    private static UnaryOperator<ListResult> eachWith(String member, String value) {
        return BrokenService.OtherLook.each(backup -> backup.with(member, value));
    }

    private static UnaryOperator<ListResult> endOfMarker() {
        return BrokenService.OtherLook.each(backup -> {
            int end = backup.description().indexOf(']') + 1;
            return backup.with(Backup.DESCRIPTION, backup.description().substring(0, end));
        });
    }

    private static UnaryOperator<ListResult> allServers(FakeServers servers) {
        return seen -> seen instanceof ListResult.Backups(var backups) && !backups.isEmpty()
                ? new ListResult.Backups(servers.all().stream()
                        .map(backup -> backup.with(
                                Backup.SERVER, backups.getFirst().members().get(Backup.SERVER)))
                        .toList())
                : seen;
    }

    private static UnaryOperator<ListResult> blindAfterTheWindow(Worker worker) {
        return seen -> worker.instant().isAfter(World.START.plus(Scenario.TERMS.startWindow()))
                ? BrokenService.OtherLook.nothing()
                : seen;
    }
}
