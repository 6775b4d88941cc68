package dev.serverbackup.backup;

import java.util.Optional;
import java.util.function.Function;

/**
 * The states of backups when they were listed.
 *
 * @param listed returns a started backup as it was listed; empty if the listing does not have its state: then it must
 *     be looked up by its id
 * @param trouble why the listing is incomplete, if the service refused a page or did not answer
 */
public record BackupStates(Function<Backup, Optional<Backup>> listed, Optional<BackupError> trouble) {
    /** For a service that can't list states. */
    public static final BackupStates UNKNOWN = new BackupStates(_ -> Optional.empty(), Optional.empty());

    public Optional<Backup> of(Backup started) {
        return listed.apply(started);
    }
}
