package dev.serverbackup.backup;

import dev.serverbackup.request.ServerName;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A backup as its service describes it.
 *
 * @param members every member that the service returned, under the API's names; each a {@code String} (instants in
 *     ISO-8601 UTC), a {@code BigDecimal}, a {@code Boolean} or a {@code List<String>}. {@code BackupId} is always
 *     there.
 */
public record Backup(SortedMap<String, Object> members) {
    public static final String ID = "BackupId";
    public static final String SERVER = "ServerName";
    public static final String STATUS = "Status";
    public static final String STATUS_DESCRIPTION = "StatusDescription";
    public static final String TYPE = "BackupType";
    public static final String DESCRIPTION = "Description";
    public static final String CREATED = "CreatedAt";
    public static final String MANUAL = "MANUAL";
    /** Not a member of OpsWorks CM's: the type of a failure, if the service tells types apart. */
    public static final String FAILURE = "FailureType";
    /** Not a member of OpsWorks CM's: {@code true} if there may be a backup in spite of the failure. */
    public static final String EFFECT_UNKNOWN = "EffectUnknown";
    /** Not a member of OpsWorks CM's: a list of what people should check although the backup is good. */
    public static final String WARNINGS = "Warnings";
    /** Not a member of OpsWorks CM's: where the backup is, or would be if there is one. */
    public static final String ARTEFACT = "Artefact";

    /** @throws IllegalArgumentException if there is no {@code BackupId} */
    public Backup {
        members = Collections.unmodifiableSortedMap(new TreeMap<>(members));
        if (!(members.get(ID) instanceof String id) || id.isEmpty()) {
            throw new IllegalArgumentException("a backup has a " + ID);
        }
    }

    /** The same backup with a member added or replaced. */
    public Backup with(String name, Object value) {
        SortedMap<String, Object> changed = new TreeMap<>(members);
        changed.put(name, value);
        return new Backup(changed);
    }

    /** A backup from members in any order. */
    public static Backup of(Map<String, ?> members) {
        return new Backup(new TreeMap<>(members));
    }

    public String id() {
        return text(ID);
    }

    public BackupStatus status() {
        return BackupStatus.of(text(STATUS));
    }

    /** The service's description of the status; empty if it gives none. */
    public String statusDescription() {
        return text(STATUS_DESCRIPTION);
    }

    /** The type of the failure; {@code BackupFailed} if the service gives none. */
    public ErrorType failure() {
        String type = text(FAILURE);
        return type.isEmpty() ? ErrorType.BACKUP_FAILED : new ErrorType(type);
    }

    /** Whether the backup may be there although its status is {@code FAILED}. */
    public boolean isEffectUnknown() {
        return Boolean.TRUE.equals(members.get(EFFECT_UNKNOWN));
    }

    /**
     * Whether the backend accepted the request, and reported afterwards that it did nothing since the server was busy.
     * OpsWorks CM never does that.
     */
    public boolean isRefusedAfterwards() {
        return status() == BackupStatus.FAILED && failure().equals(ErrorType.INVALID_STATE);
    }

    /** Empty for automated backups (OpsWorks CM API). */
    public String description() {
        return text(DESCRIPTION);
    }

    public boolean isManual() {
        return text(TYPE).equals(MANUAL);
    }

    public boolean isOf(ServerName server) {
        return text(SERVER).equals(server.value());
    }

    /** When it was created; the epoch if the service did not say. */
    public Instant createdAt() {
        return members.get(CREATED) instanceof String created ? Instant.parse(created) : Instant.EPOCH;
    }

    /** Where it is stored; empty if the service does not say. */
    public String artefact() {
        return text(ARTEFACT);
    }

    /** Its size in bytes, if the service gives it: {@code Size}, or OpsWorks CM's {@code S3DataSize}. */
    public Optional<BigDecimal> size() {
        return Stream.of("Size", "S3DataSize")
                .map(name -> members.get(name))
                .filter(BigDecimal.class::isInstance)
                .map(BigDecimal.class::cast)
                .findFirst();
    }

    /** What people should check although the backup is good; mostly empty. */
    public List<String> warnings() {
        return members.get(WARNINGS) instanceof List<?> said
                ? said.stream().map(String::valueOf).toList()
                : List.of();
    }

    private String text(String member) {
        return members.get(member) instanceof String value ? value : "";
    }
}
