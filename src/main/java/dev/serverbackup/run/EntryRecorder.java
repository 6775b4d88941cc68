package dev.serverbackup.run;

import dev.serverbackup.audit.AuditRepository;
import dev.serverbackup.audit.AuditRepository.Replacement;
import dev.serverbackup.audit.AuditUnavailableException;
import dev.serverbackup.audit.Entry;
import dev.serverbackup.audit.EntryStatus;
import dev.serverbackup.metrics.Metrics;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** Writes what became of an entry: to the audit, to the log, and to the metrics. */
public final class EntryRecorder {
    private static final Logger LOG = LoggerFactory.getLogger(EntryRecorder.class);

    private final AuditRepository audit;
    private final Metrics metrics;

    public EntryRecorder(AuditRepository audit, Metrics metrics) {
        this.audit = audit;
        this.metrics = metrics;
    }

    /** Writes a claim, or an entry whose window closed: nothing has been called for it. */
    Replacement write(Entry seen, Entry next) {
        Replacement replacement = audit.replace(seen, next);
        switch (replacement) {
            case Replacement.Replaced written -> tell(seen, written.entry());
            case Replacement.Conflict by ->
                LOG.atInfo().addKeyValue("status", by.actual().status()).log("another worker was first");
        }
        return replacement;
    }

    /**
     * Writes what came of a call. If the audit can't be written now, the log line holds what is needed to find the
     * backup and to mend the entry by hand; the claim stays, and a later delivery takes over and finds the backup by its
     * marker. So does the line of a worker that comes too late, after another took over.
     */
    public Entry record(Entry seen, Entry next) {
        try {
            return switch (write(seen, next)) {
                case Replacement.Replaced written -> written.entry();
                case Replacement.Conflict by -> {
                    unwritten(LOG.atWarn(), next).log("too late to be written to the audit");
                    yield by.actual();
                }
            };
        } catch (AuditUnavailableException e) {
            unwritten(LOG.atError(), next).setCause(e).log("the outcome could not be written to the audit");
            throw e;
        }
    }

    /** Neither tags nor the description, which a service's own words may repeat: they stand in no log line. */
    private static LoggingEventBuilder unwritten(LoggingEventBuilder line, Entry entry) {
        Map<String, Object> members = new TreeMap<>();
        members.put("status", entry.status());
        members.put("attempts", entry.attempts());
        members.put("nextActionAt", entry.nextActionAt());
        entry.attemptId().ifPresent(id -> members.put("attemptId", id.value()));
        entry.backup().ifPresent(backup -> members.put("backupId", backup.id()));
        entry.startedAt().ifPresent(at -> members.put("startedAt", at));
        entry.finishedAt().ifPresent(at -> members.put("finishedAt", at));
        entry.error().ifPresent(error -> {
            members.put("errorType", error.type().name());
            members.put("effectUnknown", error.effectUnknown());
            error.requestId().ifPresent(id -> members.put("awsRequestId", id));
        });
        LoggingEventBuilder whole = line;
        for (Map.Entry<String, Object> member : members.entrySet()) {
            whole = whole.addKeyValue(member.getKey(), member.getValue());
        }
        return whole;
    }

    private void tell(Entry seen, Entry next) {
        LOG.atInfo()
                .addKeyValue("status", next.status())
                .addKeyValue("attempts", next.attempts())
                .addKeyValue(
                        "errorType",
                        next.error().map(error -> error.type().name()).orElse(""))
                .log("{} after {}", next.status(), seen.status());
        boolean isOutcome =
                next.status() == EntryStatus.STARTED || next.status().isFinal();
        if (isOutcome && next.status() != seen.status()) {
            metrics.changed(next);
        }
    }
}
