package dev.serverbackup.run;

import dev.serverbackup.audit.AuditFigures;
import dev.serverbackup.audit.InMemoryAuditTrail;
import dev.serverbackup.audit.InMemoryBackupHistory;
import dev.serverbackup.backup.BackupError;
import dev.serverbackup.backup.ErrorType;
import dev.serverbackup.backup.FakeServers;
import dev.serverbackup.backup.FakeUpkeep;
import dev.serverbackup.backup.Quota;
import dev.serverbackup.request.ServerName;
import java.time.Instant;
import java.util.Optional;

/** For passes that only follow up: nothing is deleted. */
final class NoUpkeep {
    private static final BackupError UNASKED = BackupError.known(ErrorType.NO_ANSWER, "nobody asked");

    private NoUpkeep() {}

    static Upkeep over(InMemoryAuditTrail audit, FakeServers servers) {
        return new Upkeep(
                RetentionRule.OFF,
                new InMemoryBackupHistory(audit),
                new FakeUpkeep(servers),
                () -> new Quota.Unavailable(UNASKED),
                new NoFigures());
    }

    record NoFigures() implements AuditFigures {
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
