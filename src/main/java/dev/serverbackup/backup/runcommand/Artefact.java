package dev.serverbackup.backup.runcommand;

import dev.serverbackup.backup.Backup;
import java.util.Optional;

/** Where the artefact of one of our backups lies: {@code <destination>/<backup id>.tar}, the documents' own rule. */
record Artefact(BackupId id, String destination) {
    /** As the audit describes the backup; nothing where that does not say so. */
    static Optional<Artefact> of(Backup backup) {
        String name = "/" + backup.id() + ".tar";
        String place = backup.artefact();
        return BackupId.parse(backup.id())
                .filter(_ -> place.endsWith(name) && place.length() > name.length())
                .map(id -> new Artefact(id, place.substring(0, place.length() - name.length())));
    }
}
