package dev.serverbackup.simulation;

import dev.serverbackup.backup.Backup;
import dev.serverbackup.backup.BackupService;
import dev.serverbackup.backup.BackupStatus;
import dev.serverbackup.backup.ErrorType;
import dev.serverbackup.backup.FakeServers;
import dev.serverbackup.backup.FindResult;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** The rules about commands that refuse after they were accepted, each switched off alone. */
final class BrokenCommandRules {
    private BrokenCommandRules() {}

    static Map<String, BrokenRule> all() {
        Map<String, BrokenRule> rules = new LinkedHashMap<>();
        rules.put("7 a refused command is never adopted", new Unjudged() {
            @Override
            BackupService service(BackupService real, Worker worker, FakeServers servers) {
                return new BrokenService.OtherLook(real, BrokenService.OtherLook.each(BrokenCommandRules::unrefused));
            }
        });
        rules.put("7 of a run's commands the newest is taken", new Unjudged() {
            @Override
            BackupService service(BackupService real, Worker worker, FakeServers servers) {
                return new BrokenService.OtherLook(
                        real, BrokenService.OtherLook.each(BrokenCommandRules::refusedFirst));
            }
        });
        rules.put("7 a line counts only when its command has ended", new Unjudged() {
            @Override
            BackupService service(BackupService real, Worker worker, FakeServers servers) {
                return new BrokenService(real) {
                    @Override
                    public FindResult backup(String id) {
                        return believed(real.backup(id));
                    }
                };
            }
        });
        rules.put("7 a document that refused refuses again", new Unjudged() {
            @Override
            boolean documentForgetsRefusals() {
                return true;
            }
        });
        rules.putAll(BrokenRestoreRules.all());
        return rules;
    }

    /** As if it ran, and before every other. */
    private static Backup unrefused(Backup backup) {
        return backup.isRefusedAfterwards()
                ? beforeOthers(backup).with(Backup.STATUS, BackupStatus.IN_PROGRESS.name())
                : backup;
    }

    /** Refused ones seem to be the newest; whether they are refused is still asked, but a list may be old. */
    private static Backup refusedFirst(Backup backup) {
        return backup.members().containsKey(SimulatedCommands.PRINTED_REFUSAL) ? beforeOthers(backup) : backup;
    }

    private static Backup beforeOthers(Backup backup) {
        return backup.with(Backup.CREATED, World.START.plus(Duration.ofDays(30)).toString());
    }

    private static FindResult believed(FindResult seen) {
        return seen instanceof FindResult.Found(var backup)
                        && backup.members().containsKey(SimulatedCommands.PRINTED_REFUSAL)
                ? new FindResult.Found(FakeServers.failedAs(backup, ErrorType.INVALID_STATE.name(), "printed", false))
                : seen;
    }

    private static class Unjudged extends BrokenRule {
        @Override
        boolean judgesEachStep() {
            return false;
        }
    }
}
