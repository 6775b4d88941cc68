package dev.serverbackup.backup;

import java.util.Arrays;

/** The backends that make backups, as the setting and the audit table's rows name them. */
public enum BackupBackend {
    OPSWORKS_CM("opsworks-cm"),
    SYSTEMS_MANAGER("systems-manager");

    private final String id;

    BackupBackend(String id) {
        this.id = id;
    }

    /** Its name in {@code BACKUP_BACKEND} and in the rows. */
    public String id() {
        return id;
    }

    /** @throws IllegalArgumentException if no backend is called so */
    public static BackupBackend of(String id) {
        return Arrays.stream(values())
                .filter(backend -> backend.id.equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no backend is called \"" + id + "\""));
    }

    @Override
    public String toString() {
        return id;
    }
}
