package dev.serverbackup.backup;

import dev.serverbackup.fleet.Server;
import dev.serverbackup.request.ServerName;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * A backup service of which at most so many {@code CreateBackup} calls are under way at once; the others wait their
 * turn, in the order in which they came. So there may be more workers than calls: while one writes to the audit,
 * another calls. Nobody waits beyond the instant before which he must have sent. Safe for use by several threads.
 */
public final class CallSlots implements BackupService {
    private final BackupService service;
    private final InstantSource clock;
    private final Semaphore slots;

    /** @param calls how many, at least 1 */
    public CallSlots(BackupService service, InstantSource clock, int calls) {
        this.service = service;
        this.clock = clock;
        this.slots = new Semaphore(calls, true);
    }

    @Override
    public BackupResult createBackup(Server server, String description, Instant sendBefore) {
        if (!isTakenBefore(sendBefore)) {
            return new BackupResult.NotSent();
        }
        try {
            return service.createBackup(server, description, sendBefore);
        } finally {
            slots.release();
        }
    }

    private boolean isTakenBefore(Instant sendBefore) {
        try {
            long millis = Duration.between(clock.instant(), sendBefore).toMillis();
            return slots.tryAcquire(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void prepare(Collection<Server> servers, BooleanSupplier turn) {
        service.prepare(servers, turn);
    }

    @Override
    public BackupStates states(Instant since, BooleanSupplier turn) {
        return service.states(since, turn);
    }

    @Override
    public Listing backupsOf(ServerName server, Instant since) {
        return service.backupsOf(server, since);
    }

    @Override
    public Lookup backup(String backupId) {
        return service.backup(backupId);
    }
}
