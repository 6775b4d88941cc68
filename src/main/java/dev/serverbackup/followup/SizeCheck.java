package dev.serverbackup.followup;

import dev.serverbackup.audit.FollowUpRepository;
import dev.serverbackup.audit.PastBackup;
import dev.serverbackup.backup.Backup;
import dev.serverbackup.backup.BackupBackend;
import dev.serverbackup.request.ServerName;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Adds a warning to a good backup of less than half the usual size: no other check notices that the source was empty or
 * not mounted. The usual size is the median of the server's last good backups, read by one query of the audit.
 */
record SizeCheck(FollowUpRepository repository, BackupBackend backend) {
    private static final int LAST = 7;
    /** With fewer backups there is no usual size. */
    private static final int LEAST = 3;

    /** The backup, with a warning if it is small; unchanged if the service gives no size. */
    Backup of(ServerName server, Backup finished) {
        return finished.size().map(size -> compared(server, finished, size)).orElse(finished);
    }

    private Backup compared(ServerName server, Backup finished, BigDecimal size) {
        List<BigDecimal> last = repository.undeleted(server).stream()
                .filter(one -> one.backend() == backend && !one.backupId().equals(finished.id()))
                .sorted(Comparator.comparing(PastBackup::finishedAt).reversed())
                .flatMap(one -> one.backup().size().stream())
                .limit(LAST)
                .sorted()
                .toList();
        if (last.size() < LEAST) {
            return finished;
        }
        BigDecimal usual = last.get(last.size() / 2);
        return size.multiply(BigDecimal.TWO).compareTo(usual) >= 0
                ? finished
                : finished.with(
                        Backup.WARNINGS,
                        List.of(String.format(
                                Locale.ROOT,
                                "The backup has %,d bytes, less than half of the usual %,d (median of the last %d):"
                                        + " check that the data to be backed up was there.",
                                size.toBigInteger(),
                                usual.toBigInteger(),
                                last.size())));
    }
}
