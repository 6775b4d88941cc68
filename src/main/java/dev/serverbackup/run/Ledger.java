package dev.serverbackup.run;

import dev.serverbackup.audit.AuditTrail;
import dev.serverbackup.audit.AuditTrail.Replacement;
import dev.serverbackup.audit.AuditUnavailableException;
import dev.serverbackup.audit.Entry;
import dev.serverbackup.audit.EntryStatus;
import dev.serverbackup.request.OutsideText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes what became of an entry: to the audit, to the log, and to the meter. */
final class Ledger {
    private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);

    /** The longest text in a log line: dev.serverbackup.log cuts what is longer. */
    private static final int LONGEST_ENTRY = 200_000;

    private final AuditTrail audit;
    private final RunMeter meter;

    Ledger(AuditTrail audit, RunMeter meter) {
        this.audit = audit;
        this.meter = meter;
    }

    /** Writes a claim, or an entry whose window closed: nothing has been called for it. */
    Replacement write(Entry seen, Entry next) {
        Replacement replacement = audit.replace(seen, next);
        switch (replacement) {
            case Replacement.Replaced written -> tell(seen, written.entry());
            case Replacement.Overtaken by ->
                LOG.atInfo().addKeyValue("status", by.actual().status()).log("another worker was first");
        }
        return replacement;
    }

    /**
     * Writes what came of a call. If the audit can't be written now, the log line holds all that the entry would have;
     * the claim stays, and a later delivery takes over and finds the backup by its marker. So does the line of a worker
     * that comes too late, after another took over.
     */
    Entry record(Entry seen, Entry next) {
        try {
            return switch (write(seen, next)) {
                case Replacement.Replaced written -> written.entry();
                case Replacement.Overtaken by -> {
                    LOG.atWarn()
                            .addKeyValue("status", next.status())
                            .addKeyValue("unwrittenEntry", OutsideText.shown(next.toString(), LONGEST_ENTRY))
                            .log("too late to be written to the audit");
                    yield by.actual();
                }
            };
        } catch (AuditUnavailableException e) {
            LOG.atError()
                    .addKeyValue("status", next.status())
                    .addKeyValue("unwrittenEntry", OutsideText.shown(next.toString(), LONGEST_ENTRY))
                    .setCause(e)
                    .log("the outcome could not be written to the audit");
            throw e;
        }
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
            meter.changed(next);
        }
    }
}
