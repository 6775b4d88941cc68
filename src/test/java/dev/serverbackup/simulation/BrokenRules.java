package dev.serverbackup.simulation;

import dev.serverbackup.audit.AuditTrail;
import dev.serverbackup.audit.EntryStatus;
import dev.serverbackup.backup.Backup;
import dev.serverbackup.backup.BackupService;
import dev.serverbackup.backup.FakeServers;
import dev.serverbackup.backup.Listing;
import dev.serverbackup.request.BackupRequest;
import dev.serverbackup.run.Terms;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;
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
                condition((standing, seen, next) -> isClaim(next) || Table.Condition.real(standing, seen)));
        rules.put("3 a lease is respected", audit(BrokenAudit.NoLease::new));
        rules.put("3 look at the clock before sending", lateBy(NEVER));
        rules.put("3 the lease outlasts the call", lateBy(Scenario.TERMS.callTimeout()));
        rules.put("3 the lease outlasts the settle time", lateBy(Scenario.TERMS.settleTime()));
        rules.put("4 no blind retry", service((real, _) -> new BrokenService.BlindRetry(real)));
        rules.put("4 only a typed 4xx proves anything", service((real, _) -> new BrokenService.NoDoubt(real)));
        rules.put("5 look before acting", eyes((_, _) -> _ -> BrokenService.OtherLook.nothing()));
        rules.put("5 a failed look changes nothing", eyes((_, _) -> BrokenService.OtherLook::nothingWhereItFailed));
        rules.put("7 the marker at the very end", eyes((worker, _) -> endOfMarker(worker)));
        rules.put("7 the same server", eyes((_, servers) -> allServers(servers)));
        rules.put("7 MANUAL only", eyes((_, _) -> eachWith(Backup.TYPE, Backup.MANUAL)));
        rules.put("7 not of an older run", eyes((_, _) -> eachWith(Backup.CREATED, World.START.toString())));
        rules.put(
                "8 a write names the status",
                condition((standing, seen, _) -> standing.attemptId().equals(seen.attemptId())));
        rules.put("8 a write names the attempt", condition((standing, seen, _) -> standing.status() == seen.status()));
        rules.put("9 start window", terms(NEVER, NEVER.multipliedBy(2)));
        rules.put("9 a look before the window closes", eyes((worker, _) -> blindAfterTheWindow(worker)));
        rules.put("9 completion window", terms(Scenario.TERMS.startWindow(), NEVER));
        return rules;
    }

    private static BrokenRule lateBy(Duration late) {
        return service((real, _) -> new BrokenService.LateClockLook(real, late));
    }

    private static boolean isClaim(dev.serverbackup.audit.Entry next) {
        return next.status() == EntryStatus.CALLING && next.error().isEmpty();
    }

    private static UnaryOperator<Listing> eachWith(String member, String value) {
        return BrokenService.OtherLook.each(backup -> backup.with(member, value));
    }

    private static UnaryOperator<Listing> endOfMarker(Worker worker) {
        String marker = BackupRequest.marker(worker.runId());
        return BrokenService.OtherLook.each(
                backup -> backup.description().contains(marker) ? backup.with(Backup.DESCRIPTION, marker) : backup);
    }

    private static UnaryOperator<Listing> allServers(FakeServers servers) {
        return seen -> seen instanceof Listing.Backups(var backups) && !backups.isEmpty()
                ? new Listing.Backups(servers.all().stream()
                        .map(backup -> backup.with(
                                Backup.SERVER, backups.getFirst().members().get(Backup.SERVER)))
                        .toList())
                : seen;
    }

    private static UnaryOperator<Listing> blindAfterTheWindow(Worker worker) {
        return seen -> worker.instant().isAfter(World.START.plus(Scenario.TERMS.startWindow()))
                ? BrokenService.OtherLook.nothing()
                : seen;
    }

    private static BrokenRule audit(UnaryOperator<AuditTrail> wrap) {
        return new PromisesOnly() {
            @Override
            AuditTrail audit(AuditTrail real) {
                return wrap.apply(real);
            }
        };
    }

    private static BrokenRule service(BiFunction<BackupService, Worker, BackupService> wrap) {
        return new PromisesOnly() {
            @Override
            BackupService service(BackupService real, Worker worker, FakeServers servers) {
                return wrap.apply(real, worker);
            }
        };
    }

    private static BrokenRule eyes(BiFunction<Worker, FakeServers, UnaryOperator<Listing>> eyes) {
        return new PromisesOnly() {
            @Override
            BackupService service(BackupService real, Worker worker, FakeServers servers) {
                return new BrokenService.OtherLook(real, eyes.apply(worker, servers));
            }
        };
    }

    private static BrokenRule condition(Table.Condition careless) {
        return new PromisesOnly() {
            @Override
            Table.Condition condition() {
                return careless;
            }
        };
    }

    private static BrokenRule terms(Duration startWindow, Duration completionWindow) {
        Terms real = Scenario.TERMS;
        return new PromisesOnly() {
            @Override
            Terms terms() {
                return new Terms(
                        real.callTimeout(),
                        real.settleTime(),
                        real.lease(),
                        real.retryDelay(),
                        startWindow,
                        completionWindow);
            }
        };
    }

    private static BrokenRule judged(BrokenRule rule) {
        return new BrokenRule() {
            @Override
            AuditTrail audit(AuditTrail real) {
                return rule.audit(real);
            }
        };
    }

    /** What follows from the broken rule is what counts, not that it is broken. */
    private static class PromisesOnly extends BrokenRule {
        @Override
        boolean judgesEachStep() {
            return false;
        }
    }
}
