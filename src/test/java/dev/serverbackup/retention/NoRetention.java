package dev.serverbackup.retention;

import dev.serverbackup.audit.AuditFigures;
import dev.serverbackup.audit.InMemoryAuditTrail;
import dev.serverbackup.audit.InMemoryBackupHistory;
import dev.serverbackup.backup.FakeServers;
import dev.serverbackup.backup.FakeUpkeep;
import dev.serverbackup.request.ServerName;
import java.time.Instant;
import java.util.Optional;

/** For passes that only follow up: nothing is deleted. */
public final class NoRetention {
    private NoRetention() {}

    public static RetentionDependencies over(InMemoryAuditTrail audit, FakeServers servers) {
        return new RetentionDependencies(RetentionRule.OFF, new InMemoryBackupHistory(audit), new FakeUpkeep(servers));
    }

    /** Nothing is open, and no server is known. */
    public record NoFigures() implements AuditFigures {
        @Override
        public OpenEntries openEntries() {
            return new OpenEntries(0, Optional.empty());
        }

        @Override
        public Optional<Instant> withoutSuccessSince(ServerName server) {
            return Optional.empty();
        }
    }
}
