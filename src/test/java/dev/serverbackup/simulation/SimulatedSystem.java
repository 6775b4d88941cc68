package dev.serverbackup.simulation;

import dev.serverbackup.audit.InMemoryFollowUpRepository;
import dev.serverbackup.audit.InMemoryVerificationRepository;
import dev.serverbackup.request.RunId;
import dev.serverbackup.retention.RetentionPolicy;
import dev.serverbackup.server.Server;
import java.util.ArrayList;
import java.util.List;

/** What all workers of one scenario share: table, indexes, service, and who judges them. */
final class SimulatedSystem {
    final Timeline timeline;
    final BrokenRule broken;
    final List<Server> fleet;
    final List<RunId> runs;
    final RetentionPolicy retention;
    final Invariants invariants;
    final NotificationInvariants notifications;
    final RetentionInvariants deletions;
    final SimulatedService service;
    final SimulatedCommands commands;
    final Indexes indexes;
    final SimulatedTable table;
    final InMemoryVerificationRepository verifications;
    final VerificationInvariants verified;
    final SimulatedSchedule schedule;
    final InMemoryFollowUpRepository rows;
    final RestoreInvariants restores;

    SimulatedSystem(
            Timeline timeline,
            BrokenRule broken,
            List<Server> fleet,
            List<RunId> runs,
            RetentionPolicy retention,
            boolean runsCommands) {
        this.timeline = timeline;
        this.broken = broken;
        this.fleet = fleet;
        this.runs = runs;
        this.retention = retention;
        this.invariants = new Invariants(timeline, broken.judgesEachStep);
        this.indexes = new Indexes(timeline);
        this.table = new SimulatedTable(invariants, broken.condition, timeline.tally, indexes);
        this.notifications = new NotificationInvariants(table, broken.judgesEachStep);
        table.judgeClosings(notifications::settled);
        this.rows = new InMemoryFollowUpRepository(table.rows);
        this.verified = new VerificationInvariants(timeline);
        this.deletions = new RetentionInvariants(this);
        this.service = new SimulatedService(timeline, invariants.truth, runsCommands);
        this.commands = new SimulatedCommands(this);
        this.verifications = new InMemoryVerificationRepository(table.rows, rows);
        this.schedule = new SimulatedSchedule(timeline);
        this.restores = new RestoreInvariants(this);
    }

    /** When all is quiet and nothing is open any more. */
    void judgeTheEnd() {
        List<RunId> all = new ArrayList<>(runs);
        all.addAll(schedule.runs(table));
        invariants.atTheEnd(table, all);
        notifications.atTheEnd(all);
        schedule.atTheEnd(table);
        deletions.atTheEnd();
    }
}
