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

/** Writes each change of an entry to the audit, the log and the metrics. */
public final class EntryRecorder {
    private static final Logger LOG = LoggerFactory.getLogger(EntryRecorder.class);

    private final AuditRepository audit;
    private final Metrics metrics;

    public EntryRecorder(AuditRepository audit, Metrics metrics) {
        this.audit = audit;
        this.metrics = metrics;
    }

    /** Writes a change that no call led to: a claim, or a failure since the window has closed. */
    Replacement write(Entry seen, Entry next) {
        Replacement replacement = audit.replace(seen, next);
        switch (replacement) {
            case Replacement.Replaced written -> logAndCount(seen, written.entry());
            case Replacement.Conflict by ->
                LOG.atInfo().addKeyValue("status", by.actual().status()).log("another worker changed the entry first");
        }
        return replacement;
    }

    /**
     * Writes the result of a call. If the audit can't be written now, a log line has what is needed to find the backup
     * and to correct the entry by hand; the claim stays, and a later delivery takes it over and finds the backup by its
     * marker. A worker whose claim was taken over writes the same log line.
     */
    public Entry record(Entry seen, Entry next) {
        try {
            return switch (write(seen, next)) {
                case Replacement.Replaced written -> written.entry();
                case Replacement.Conflict by -> {
                    unwritten(LOG.atWarn(), next)
                            .log("the outcome came too late to be written to the audit: another worker has taken"
                                    + " the entry over");
                    yield by.actual();
                }
            };
        } catch (AuditUnavailableException e) {
            unwritten(LOG.atError(), next).setCause(e).log("the outcome could not be written to the audit");
            throw e;
        }
    }

    /** Has neither tags nor the error's message, which may repeat the description: these are not logged. */
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

    private void logAndCount(Entry seen, Entry next) {
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
