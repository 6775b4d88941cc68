package dev.serverbackup.backup;

import dev.serverbackup.fleet.Server;
import dev.serverbackup.request.ServerName;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * A backup service whose {@code LimitExceededException} says how many manual backups there are, and what to do. The
 * number is asked for at the first such refusal and remembered for as long as the longest invocation: one call beside
 * the pace, not one for each refused server. Whether or not the number can be had, the result is the service's.
 */
public final class LimitAdvice implements BackupService {
    private static final Duration REMEMBERED = Duration.ofMinutes(15);
    private static final String WHAT_TO_DO =
            "delete manual backups that are not needed any more," + " or let Server Backup do it (KEEP_BACKUPS)";

    private final BackupService service;
    private final BackupQuota quota;
    private final InstantSource clock;
    private final ReentrantLock asking = new ReentrantLock();
    private Instant askedAt = Instant.EPOCH;
    private String count = "";

    public LimitAdvice(BackupService service, BackupQuota quota, InstantSource clock) {
        this.service = service;
        this.quota = quota;
        this.clock = clock;
    }

    @Override
    public BackupResult createBackup(Server server, String description, Instant sendBefore) {
        BackupResult result = service.createBackup(server, description, sendBefore);
        return result instanceof BackupResult.Refused(BackupError error)
                        && error.type().equals(ErrorType.LIMIT_EXCEEDED)
                ? new BackupResult.Refused(
                        error.saying(clause(error.message()) + "; " + count(sendBefore) + WHAT_TO_DO))
                : result;
    }

    /** A whole sentence goes on where it ended. */
    private static String clause(String sentence) {
        return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
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

    /** Asks only while a backup could still be asked for: so the answer comes before lease and invocation are over. */
    private String count(Instant sendBefore) {
        Duration patience = Duration.between(clock.instant(), sendBefore);
        try {
            if (!patience.isPositive() || !asking.tryLock(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                return "";
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
        try {
            return remembered(sendBefore);
        } finally {
            asking.unlock();
        }
    }

    private String remembered(Instant sendBefore) {
        Instant now = clock.instant();
        if (now.isBefore(sendBefore) && askedAt.plus(REMEMBERED).isBefore(now)) {
            askedAt = now;
            count = switch (quota.manualBackups()) {
                case Quota.Known known ->
                    "the account has %d manual backups of at most %d; ".formatted(known.used(), known.maximum());
                case Quota.NoneOfAll _, Quota.Unavailable _ -> "";
            };
        }
        return count;
    }
}
