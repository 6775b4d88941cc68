package dev.serverbackup.followup;

import dev.serverbackup.audit.Entry;
import dev.serverbackup.audit.InMemoryAuditRepository;
import dev.serverbackup.audit.InMemoryFollowUpRepository;
import dev.serverbackup.run.Deadline;
import dev.serverbackup.run.RunDependencies;

/** Lets tests of other packages take a started entry on, by the same code as a pass of the follow-up. */
public final class StartedEntry {
    private StartedEntry() {}

    /** Answers the entry as it then stands. */
    public static Entry follow(RunDependencies dependencies, Deadline deadline, Entry started) {
        return new Completion(
                        dependencies,
                        new InMemoryFollowUpRepository(new InMemoryAuditRepository()),
                        _ -> true,
                        deadline)
                .follow(started);
    }
}
