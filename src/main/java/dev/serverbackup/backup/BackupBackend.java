package dev.serverbackup.backup;

import java.util.Arrays;

/** Which backend carries backups out, as the setting and the audit table's rows name it. */
public enum BackupBackend {
    OPSWORKS_CM("opsworks-cm"),
    SYSTEMS_MANAGER("systems-manager");

    private final String id;

    BackupBackend(String id) {
        this.id = id;
    }

    /** As {@code BACKUP_BACKEND} and the rows say it. */
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
