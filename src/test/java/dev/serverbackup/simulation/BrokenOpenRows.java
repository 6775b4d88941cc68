package dev.serverbackup.simulation;

import dev.serverbackup.audit.AuditTrail;
import dev.serverbackup.audit.Entry;
import dev.serverbackup.audit.ForwardingOpenRows;
import dev.serverbackup.audit.InMemoryOpenRows;
import dev.serverbackup.audit.OpenRow;
import dev.serverbackup.audit.OpenRows;
import dev.serverbackup.audit.Row;
import dev.serverbackup.audit.Run;
import dev.serverbackup.audit.Target;
import dev.serverbackup.request.RunId;
import dev.serverbackup.request.ServerName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Open rows with a rule switched off: each overrides what it breaks. */
class BrokenOpenRows extends ForwardingOpenRows {
    final AuditTrail table;

    BrokenOpenRows(OpenRows real, AuditTrail table) {
        super(real);
        this.table = table;
    }

    /** An entry gets its expiry with its own notice, whatever becomes of its run. */
    static final class ExpiresWithItsNotice extends BrokenOpenRows {
        ExpiresWithItsNotice(OpenRows real, AuditTrail table) {
            super(real, table);
        }

        @Override
        public void noticed(Entry entry, Instant at) {
            real.noticed(entry, at);
            real.expire(InMemoryOpenRows.key(entry), at.plus(Duration.ofDays(400)));
        }
    }

    /** A run leaves with its own notice, whatever is open of it. */
    static final class LeavesBeforeItsEntries extends BrokenOpenRows {
        LeavesBeforeItsEntries(OpenRows real, AuditTrail table) {
            super(real, table);
        }

        @Override
        public Optional<List<OpenRow>> withoutExpiry(Run run) {
            return Optional.of(List.of());
        }
    }

    /** Takes each row that the index shows for an open one. */
    static final class BelievesTheIndex extends BrokenOpenRows {
        BelievesTheIndex(OpenRows real, AuditTrail table) {
            super(real, table);
        }

        @Override
        public Row read(OpenRow row) {
            Row read = real.read(row);
            return read instanceof Row.Closed && row.entry().startsWith("server#") ? entry(row) : read;
        }

        private Row entry(OpenRow row) {
            ServerName server = new ServerName(row.entry().substring("server#".length()));
            return new Row.OfEntry(table.entry(new RunId(row.runId()), server).orElseThrow());
        }
    }

    /** Takes a run whose entries are final, as many as there are, for one that has ended. */
    static final class ForgetsTargets extends BrokenOpenRows {
        ForgetsTargets(OpenRows real, AuditTrail table) {
            super(real, table);
        }

        @Override
        public Row read(OpenRow row) {
            return real.read(row) instanceof Row.OfRun(Run run) ? new Row.OfRun(ended(run)) : real.read(row);
        }

        private Run ended(Run run) {
            Set<ServerName> written =
                    table.entries(run.runId()).stream().map(Entry::serverName).collect(Collectors.toSet());
            List<Target> targets = run.targets().stream()
                    .filter(target -> written.contains(target.name()))
                    .toList();
            return targets.isEmpty() ? run : withTargets(run, targets);
        }

        private static Run withTargets(Run run, List<Target> targets) {
            return new Run(
                    run.runId(),
                    run.requestHash(),
                    run.asked(),
                    run.description(),
                    run.requestedBy(),
                    run.backend(),
                    run.selector(),
                    targets,
                    run.excluded(),
                    run.skipped(),
                    run.status(),
                    run.counts(),
                    run.requestedAt());
        }
    }
}
