package dev.serverbackup.cli.restore;

import dev.serverbackup.backup.Backup;
import dev.serverbackup.backup.BackupBackend;
import dev.serverbackup.backup.BackupError;
import dev.serverbackup.backup.BackupOperation;
import dev.serverbackup.cli.audit.Item;
import dev.serverbackup.request.ServerName;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A restore of a server, as a row of the audit table (docs/audit-table.md). The row has none of the key attributes of
 * the indexes, so it is in none of them.
 */
record Restore(Item row) {
    private static final DateTimeFormatter INSTANT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    /** The status of a restore. */
    enum Status {
        /** Written before the call; whether the call was made is not known. */
        REQUESTED,
        /** The service has accepted it. */
        RUNNING,
        SUCCEEDED,
        /** It was refused, or failed: {@code error} says which. */
        FAILED,
        /** It may have been made, but the service does not list it. */
        UNKNOWN;

        boolean isOpen() {
            return switch (this) {
                case REQUESTED, RUNNING -> true;
                case SUCCEEDED, FAILED, UNKNOWN -> false;
            };
        }
    }

    /**
     * A restore that is about to be sent.
     *
     * @param number the number among the server's restores; the first is 1
     * @param to the server to restore
     * @param entry the entry of the backup
     * @param id the id of the operation
     * @param by who restores
     */
    static Restore requested(int number, ServerName to, Item entry, String id, String by, Instant now) {
        Map<String, AttributeValue> row = new HashMap<>();
        row.put("runId", s("restore#" + to.value()));
        row.put("entry", s("restore#%08d".formatted(number)));
        row.put("number", AttributeValue.fromN(String.valueOf(number)));
        row.put("status", s(Status.REQUESTED.name()));
        row.put("operationId", s(id));
        row.put("restoredServer", s(to.value()));
        row.put("backupServer", entry.attributes().get("serverName"));
        row.put("backupRun", entry.attributes().get("runId"));
        row.put("backup", entry.attributes().get("backup"));
        row.put("backend", entry.attributes().get("backend"));
        row.put("requestedBy", s(by));
        row.put("requestedAt", s(INSTANT.format(now)));
        return new Restore(new Item(row));
    }

    /** The service has accepted it. */
    Restore running(String startedAs, Instant now) {
        return with(Status.RUNNING, Map.of("startedAs", s(startedAs), "startedAt", s(INSTANT.format(now))));
    }

    /** It succeeded. */
    Restore succeeded(String words, Instant now) {
        return with(Status.SUCCEEDED, Map.of("restored", s(words), "finishedAt", s(INSTANT.format(now))));
    }

    /** It was refused, or failed. */
    Restore failed(BackupError error, Instant now) {
        return with(Status.FAILED, Map.of("error", error(error), "finishedAt", s(INSTANT.format(now))));
    }

    /** Its result can't be determined. */
    Restore unknown(BackupError error, Instant now) {
        return with(Status.UNKNOWN, Map.of("error", error(error), "finishedAt", s(INSTANT.format(now))));
    }

    private Restore with(Status status, Map<String, AttributeValue> more) {
        Map<String, AttributeValue> changed = new HashMap<>(row.attributes());
        changed.putAll(more);
        changed.put("status", s(status.name()));
        return new Restore(new Item(changed));
    }

    Status status() {
        return Status.valueOf(row.shown("status"));
    }

    int number() {
        return row.number("number");
    }

    ServerName server() {
        return new ServerName(row.shown("restoredServer"));
    }

    BackupBackend backend() {
        return BackupBackend.of(row.shown("backend"));
    }

    Instant requestedAt() {
        return row.instant("requestedAt").orElseThrow();
    }

    /** Its id at the service, once it was accepted. */
    Optional<String> startedAs() {
        return row.text("startedAs");
    }

    /** The operation to send. */
    BackupOperation operation() {
        return new BackupOperation(
                BackupOperation.Kind.RESTORE, row.shown("operationId"), backup(row), server(), requestedAt());
    }

    /** The backup of a row. */
    static Backup backup(Item row) {
        TreeMap<String, Object> members = new TreeMap<>();
        row.attributes().get("backup").m().forEach((name, value) -> members.put(name, member(value)));
        return new Backup(members);
    }

    private static Object member(AttributeValue value) {
        return switch (value.type()) {
            case BOOL -> value.bool();
            case N -> new BigDecimal(value.n());
            case L -> value.l().stream().map(Restore::member).toList();
            case S -> value.s();
            case M, SS, NS, BS, B, NUL, UNKNOWN_TO_SDK_VERSION ->
                throw new IllegalArgumentException("no member of a backup is a " + value.type());
        };
    }

    private static AttributeValue error(BackupError error) {
        Map<String, AttributeValue> members = new HashMap<>();
        members.put("type", s(error.type().name()));
        members.put("message", s(error.message()));
        error.httpStatus().ifPresent(status -> members.put("httpStatus", AttributeValue.fromN(String.valueOf(status))));
        error.requestId().ifPresent(id -> members.put("requestId", s(id)));
        members.put("effectUnknown", AttributeValue.fromBool(error.effectUnknown()));
        return AttributeValue.fromM(members);
    }

    private static AttributeValue s(String value) {
        return AttributeValue.fromS(value);
    }
}
