package dev.serverbackup.bench.fake;

import java.util.Map;

/** Who carries the backups out, and what its servers and backups are called. */
public enum FakeBackend {
    OPSWORKS_CM("OpsWorks CM", "opsworks-cm", "OpsWorksCM") {
        @Override
        String server(int i) {
            return "server-" + i;
        }

        @Override
        String arn(int i) {
            return "arn:aws:opsworks-cm:us-east-1:123456789012:server/server-%d/0a1b2c3d-0000-4000-8000-%012d"
                    .formatted(i, i);
        }
    },
    SYSTEMS_MANAGER("Systems Manager", "systems-manager", "AmazonSSM") {
        @Override
        String server(int i) {
            return "i-%017x".formatted(i);
        }

        @Override
        String arn(int i) {
            return "arn:aws:ec2:us-east-1:123456789012:instance/" + server(i);
        }
    };

    private final String title;
    private final String id;
    private final String service;

    FakeBackend(String title, String id, String service) {
        this.title = title;
        this.id = id;
        this.service = service;
    }

    abstract String server(int i);

    abstract String arn(int i);

    /** As the audit table and {@code BACKUP_BACKEND} name it. */
    String id() {
        return id;
    }

    /** The function's settings that belong to it. */
    public Map<String, String> settings() {
        return Map.of(
                "BACKUP_BACKEND", id,
                "BACKUP_DOCUMENT", "ServerBackup:1",
                "DELETION_DOCUMENT", "ServerBackup-Delete:1",
                "VERIFY_DAYS", "0",
                "DEFAULT_BACKUP_ENGINE", "generic",
                "BACKUP_DESTINATION", "/var/lib/server-backup/artefacts");
    }

    /** How many of these calls went to it. */
    public long callsIn(Map<String, Long> calls) {
        return calls.entrySet().stream()
                .filter(call -> call.getKey().startsWith(service))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    @Override
    public String toString() {
        return title;
    }
}
