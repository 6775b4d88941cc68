package dev.serverbackup.backup;

import java.util.Optional;
import java.util.function.Function;

/**
 * How backups stood when they were listed.
 *
 * @param listed takes a backup as it was when it was started, and gives it as listed; nothing where the listing does not
 *     tell how it stands: then it is to be looked up by its id
 * @param trouble why the listing is not whole, if the service refused a page or did not answer
 */
public record BackupStates(Function<Backup, Optional<Backup>> listed, Optional<BackupError> trouble) {
    /** Of a service that is not listed. */
    public static final BackupStates UNKNOWN = new BackupStates(_ -> Optional.empty(), Optional.empty());

    public Optional<Backup> of(Backup started) {
        return listed.apply(started);
    }
}
