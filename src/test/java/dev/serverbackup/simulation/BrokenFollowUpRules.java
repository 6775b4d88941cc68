package dev.serverbackup.simulation;

import static dev.serverbackup.simulation.Broken.judged;
import static dev.serverbackup.simulation.Broken.pass;
import static dev.serverbackup.simulation.BrokenOutside.lookups;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The rules of the follow-up and of retention, each switched off alone, in passes only. Rules that spare no more than
 * delay or calls are not here: the oldest row first; a bus that is down is not tried again in the same pass; a run's
 * final status is written only once, and its entries are read consistently (an older view never shows an end that is
 * none); a look that failed shows no backup that runs (either way an entry ends with its effect unknown); an intended
 * deletion does not count as kept, and is not intended again once it is recorded.
 */
final class BrokenFollowUpRules {
    private BrokenFollowUpRules() {}

    static Map<String, BrokenRule> all() {
        Map<String, BrokenRule> rules = new LinkedHashMap<>();
        rules.put(
                "2 the follow-up writes what a crash left unwritten", pass((real, _) -> BrokenOutside.unwritten(real)));
        rules.put("5 the follow-up looks, too", pass((real, _) -> BrokenOutside.blind(real)));
        rules.put("10 vanished only after the visibility delay", pass(BrokenOutside::absentIsGone));
        rules.put("10 a look that failed shows no absence", pass(lookups(BrokenOutside::failedIsAbsent)));
        rules.put("10 DELETING counts as vanished", pass(lookups(BrokenOutside::deletingIsGood)));
        rules.put(
                "11 no row leaves before its notification is accepted", pass((real, _) -> BrokenOutside.unheard(real)));
        rules.put(
                "11 an entry has no expiry before its run has ended",
                judged(pass((real, stage) ->
                        real.with(new BrokenFollowUpRepository.ExpiresWithItsNotification(real.repository())))));
        rules.put(
                "11 a run leaves after its entries",
                pass((real, stage) ->
                        real.with(new BrokenFollowUpRepository.LeavesBeforeItsEntries(real.repository()))));
        rules.put(
                "11 the index only finds keys",
                judged(pass((real, stage) ->
                        real.with(new BrokenFollowUpRepository.BelievesTheIndex(real.repository(), stage.table)))));
        rules.put(
                "11 a run is closed by its targets",
                pass((real, stage) ->
                        real.with(new BrokenFollowUpRepository.ForgetsTargets(real.repository(), stage.table))));
        rules.put(
                "retention: only what the audit knows",
                pass((real, stage) ->
                        real.with(new BrokenFollowUpRepository.BelievesTheService(real.repository(), stage.service))));
        rules.put("retention: of one server only", pass(BrokenOutside::allServers));
        rules.put("retention: the newest stay", pass((real, _) -> BrokenOutside.turnedRound(real)));
        rules.put(
                "retention: the intention before the call",
                judged(pass((real, _) -> real.with(new BrokenFollowUpRepository.NoIntention(real.repository())))));
        rules.put(
                "retention: the deletion after the call",
                pass((real, _) -> real.with(new BrokenFollowUpRepository.RecordsFirst(real.repository()))));
        rules.put(
                "retention: only an accepted deletion is recorded",
                pass((real, _) -> BrokenOutside.alwaysDeleted(real)));
        rules.put("verification: look before sending again", pass((real, _) -> BrokenVerification.blind(real)));
        rules.put(
                "verification: one claim wins",
                pass((real, stage) -> BrokenVerification.unconditional(real, stage.verifications)));
        rules.put(
                "retention: what was verified last stays, what is spoiled does not count",
                pass((real, _) -> BrokenVerification.unknown(real)));
        rules.put(
                "schedule: a slot's run has the id that its event would give it",
                pass((real, _) ->
                        real.withSlotRequests(slot -> SimulatedSchedule.request(slot.plus(Duration.ofMinutes(1))))));
        rules.put(
                "schedule: each slot since the last one is looked at",
                pass((real, stage) -> real.with(SimulatedSchedule.lookingAway(real.checkpoints(), stage.world))));
        return rules;
    }
}
