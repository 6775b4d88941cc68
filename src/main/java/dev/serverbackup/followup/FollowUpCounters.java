package dev.serverbackup.followup;

import dev.serverbackup.audit.AuditUnavailableException;
import dev.serverbackup.audit.EntryStatus;
import dev.serverbackup.retention.Retention;
import dev.serverbackup.schedule.MissedSlots;
import dev.serverbackup.verification.Verifications;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Counts what a pass does. Safe for use by several threads. */
final class FollowUpCounters implements Retention.Counters, Verifications.Counters, MissedSlots.Counters {
    private final Map<EntryStatus, Integer> entries = new EnumMap<>(EntryStatus.class);
    private int rows;
    private int sent;
    private int due;
    private int deleted;
    private int wouldDelete;
    private int verified;
    private int missedSlots;
    private int caughtUp;
    private int unreadable;
    private int otherBackend;
    private int failed;
    private boolean complete = true;
    private Optional<AuditUnavailableException> unavailable = Optional.empty();

    synchronized void read(int many) {
        rows += many;
    }

    synchronized void entry(EntryStatus status) {
        entries.merge(status, 1, Integer::sum);
    }

    @Override
    public synchronized void deleted() {
        deleted++;
    }

    @Override
    public synchronized void wouldDelete() {
        wouldDelete++;
    }

    @Override
    public synchronized void verified() {
        verified++;
    }

    @Override
    public synchronized void missedSlot() {
        missedSlots++;
    }

    @Override
    public synchronized void caughtUp() {
        caughtUp++;
    }

    synchronized void unreadable() {
        unreadable++;
    }

    synchronized void otherBackend() {
        otherBackend++;
    }

    @Override
    public synchronized void failed(RuntimeException why) {
        failed++;
        if (why instanceof AuditUnavailableException auditDown && unavailable.isEmpty()) {
            unavailable = Optional.of(auditDown);
        }
    }

    synchronized void notified(int accepted, int refused) {
        sent += accepted;
        due += refused;
    }

    /** Whether the bus accepted none of the notifications that were sent. */
    synchronized boolean isBusDown() {
        return due > 0 && sent == 0;
    }

    /** Records that the time was up before every due row was processed. */
    @Override
    public synchronized void cutShort() {
        complete = false;
    }

    synchronized void throwIfUnavailable() {
        unavailable.ifPresent(auditDown -> {
            throw auditDown;
        });
    }

    synchronized FollowUpReport report() {
        Map<String, Integer> counts = new TreeMap<>();
        entries.forEach((status, count) -> counts.put(status.name(), count));
        return new FollowUpReport(
                rows,
                counts,
                sent,
                due,
                deleted,
                wouldDelete,
                verified,
                missedSlots,
                caughtUp,
                unreadable,
                otherBackend,
                failed,
                complete);
    }
}
