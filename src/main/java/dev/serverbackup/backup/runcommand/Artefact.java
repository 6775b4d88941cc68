package dev.serverbackup.backup.runcommand;

import dev.serverbackup.backup.Backup;
import java.util.Optional;

/** Where the artefact of a backup is: {@code <destination>/<backup id>.tar}, as the documents name it. */
record Artefact(BackupId id, String destination) {
    /** Reads it from the audit's description of the backup; empty if that has no such location. */
    static Optional<Artefact> of(Backup backup) {
        String name = "/" + backup.id() + ".tar";
        String place = backup.artefact();
        return BackupId.parse(backup.id())
                .filter(_ -> place.endsWith(name) && place.length() > name.length())
                .map(id -> new Artefact(id, place.substring(0, place.length() - name.length())));
    }
}
