package dev.serverbackup.run;

import dev.serverbackup.audit.Entry;
import dev.serverbackup.backup.Backup;
import dev.serverbackup.backup.BackupError;
import dev.serverbackup.backup.ErrorType;
import dev.serverbackup.backup.Lookup;
import java.time.Duration;
import java.time.Instant;

/** Takes a started entry to its end, from what the service says of its backup. Safe for use by several threads. */
final class Completion {
    private final Services services;
    private final Ledger ledger;
    private final Pace pace;
    private final Instant latestCall;

    Completion(Services services, Pace pace, Deadline deadline) {
        this.services = services;
        this.pace = pace;
        this.ledger = new Ledger(services.audit(), services.meter());
        this.latestCall = deadline.latestStart(services.terms().callTimeout());
    }

    /** Answers the entry as it then stands; as it was, if there is no turn left in this pass. */
    Entry follow(Entry started) {
        if (!pace.take(latestCall)) {
            return started;
        }
        return switch (services.backups().backup(started.backup().orElseThrow().id())) {
            case Lookup.Found found -> standing(started, found.backup());
            case Lookup.Absent absent -> absent(started, absent.error());
            case Lookup.Unavailable _ -> later(started, started.backup().orElseThrow());
        };
    }

    private Entry standing(Entry started, Backup backup) {
        return switch (backup.status()) {
            case OK -> ledger.record(started, started.succeeded(backup, now()));
            case FAILED -> failed(started, backup, error(ErrorType.BACKUP_FAILED, why(backup)));
            case DELETING -> failed(started, backup, vanished("it is being deleted"));
            case IN_PROGRESS, UNRECOGNISED -> later(started, backup);
        };
    }

    /** A new backup may be shown late: it has not vanished before the settle time is over. */
    private Entry absent(Entry started, BackupError error) {
        Instant settled =
                started.startedAt().orElseThrow().plus(services.terms().settleTime());
        return now().isAfter(settled)
                ? ledger.record(started, started.failed(vanished(error.message()), now()))
                : later(started, started.backup().orElseThrow());
    }

    /** With the backup as the service last described it. */
    private Entry failed(Entry started, Backup backup, BackupError error) {
        return ledger.record(started, started.stillRunning(backup, now()).failed(error, now()));
    }

    private static String why(Backup backup) {
        return backup.statusDescription().isEmpty() ? "the service does not say why" : backup.statusDescription();
    }

    private Entry later(Entry started, Backup backup) {
        if (now().isAfter(started.requestedAt().plus(services.terms().completionWindow()))) {
            String message =
                    "the backup did not end within the completion window; its last known status is " + backup.status();
            return failed(started, backup, error(ErrorType.COMPLETION_WINDOW_EXCEEDED, message));
        }
        Duration pause = services.backoff().after(1);
        return ledger.record(started, started.stillRunning(backup, now().plus(pause)));
    }

    private static BackupError vanished(String how) {
        return error(ErrorType.BACKUP_VANISHED, "the accepted backup is gone: " + how);
    }

    private static BackupError error(ErrorType type, String message) {
        return BackupError.known(type, message);
    }

    private Instant now() {
        return services.clock().instant();
    }
}
