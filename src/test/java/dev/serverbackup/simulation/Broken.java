package dev.serverbackup.simulation;

import dev.serverbackup.audit.AuditRepository;
import dev.serverbackup.backup.BackupService;
import dev.serverbackup.backup.FakeServers;
import dev.serverbackup.backup.ListResult;
import dev.serverbackup.run.Timeouts;
import java.time.Duration;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/** Ways to switch a rule off. */
final class Broken {
    private Broken() {}

    /** Changes what a pass is handed. */
    @FunctionalInterface
    interface Change {
        Outside of(Outside real, Stage stage);
    }

    static BrokenRule audit(UnaryOperator<AuditRepository> wrap) {
        return new PromisesOnly() {
            @Override
            AuditRepository audit(AuditRepository real) {
                return wrap.apply(real);
            }
        };
    }

    static BrokenRule service(BiFunction<BackupService, Worker, BackupService> wrap) {
        return new PromisesOnly() {
            @Override
            BackupService service(BackupService real, Worker worker, FakeServers servers) {
                return wrap.apply(real, worker);
            }
        };
    }

    static BrokenRule eyes(BiFunction<Worker, FakeServers, UnaryOperator<ListResult>> eyes) {
        return new PromisesOnly() {
            @Override
            BackupService service(BackupService real, Worker worker, FakeServers servers) {
                return new BrokenService.OtherLook(real, eyes.apply(worker, servers));
            }
        };
    }

    static BrokenRule condition(SimulatedTable.Condition careless) {
        return new PromisesOnly() {
            @Override
            SimulatedTable.Condition condition() {
                return careless;
            }
        };
    }

    static BrokenRule timeouts(Duration startWindow, Duration completionWindow) {
        Timeouts real = Scenario.TERMS;
        return new PromisesOnly() {
            @Override
            Timeouts timeouts() {
                return new Timeouts(
                        real.callTimeout(),
                        real.visibilityDelay(),
                        real.lease(),
                        real.retryDelay(),
                        startWindow,
                        completionWindow);
            }
        };
    }

    /** Nothing but what a pass is handed. */
    static BrokenRule pass(Change change) {
        return new PromisesOnly() {
            @Override
            Outside pass(Outside real, Stage stage) {
                return change.of(real, stage);
            }
        };
    }

    /** The same rule, and each step is judged: it does no harm that lasts. */
    static BrokenRule judged(BrokenRule rule) {
        return new BrokenRule() {
            @Override
            AuditRepository audit(AuditRepository real) {
                return rule.audit(real);
            }

            @Override
            Outside pass(Outside real, Stage stage) {
                return rule.pass(real, stage);
            }
        };
    }

    /** What follows from the broken rule is what counts, not that it is broken. */
    static class PromisesOnly extends BrokenRule {
        @Override
        boolean judgesEachStep() {
            return false;
        }
    }
}
