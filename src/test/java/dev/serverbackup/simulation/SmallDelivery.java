package dev.serverbackup.simulation;

import dev.serverbackup.Samples;
import dev.serverbackup.audit.EntryStatus;
import dev.serverbackup.backup.BackupBackend;
import dev.serverbackup.followup.StartedEntry;
import dev.serverbackup.metrics.Metrics;
import dev.serverbackup.run.Backoff;
import dev.serverbackup.run.BackupRun;
import dev.serverbackup.run.Deadline;
import dev.serverbackup.run.RunDependencies;
import dev.serverbackup.server.Targets;
import java.time.Duration;
import java.util.List;

/** One delivery of the event: the real code, wired to a worker of the small model. */
final class SmallDelivery {
    private static final Targets ONE = new Targets(List.of(Samples.ALPHA), List.of(), List.of());
    private static final Deadline FAR_OFF = new Deadline(World.START.plus(Duration.ofDays(30)));

    private SmallDelivery() {}

    static void handle(SmallWorker worker, SmallWorld world, BrokenRule broken) {
        RunDependencies services = new RunDependencies(
                broken.audit(new SmallAuditRepository(world, worker)),
                BackupBackend.OPSWORKS_CM,
                broken.service(new SmallBackupService(world, worker), null, world.servers),
                Scenario.TERMS,
                new Backoff(Scenario.TERMS.retryDelay(), () -> 0L),
                world,
                worker::nextAttempt,
                Metrics.NONE);
        new BackupRun(_ -> ONE, services, new SmallSteps(worker))
                .run(Samples.request(SmallWorld.RUN), _ -> true, FAR_OFF);
        if (world.runsCommands()) {
            follow(worker, services);
        }
    }

    /** As the follow-up does with what was started. */
    private static void follow(SmallWorker worker, RunDependencies services) {
        services.audit().entry(SmallWorld.RUN, Samples.ALPHA.name()).ifPresent(entry -> {
            worker.follows(entry);
            if (entry.status() == EntryStatus.STARTED) {
                StartedEntry.follow(services, FAR_OFF, entry);
            }
        });
    }
}
