package dev.serverbackup.backup.opsworkscm;

import dev.serverbackup.backup.Backup;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.services.opsworkscm.model.DescribeBackupsResponse;

/** Copies every member that the API returned, under the API's names. */
final class BackupMapper {
    private BackupMapper() {}

    /** @throws IllegalArgumentException if there is no backup in the response */
    static Backup backup(software.amazon.awssdk.services.opsworkscm.model.Backup answered) {
        if (answered == null) {
            throw new IllegalArgumentException("the response has no Backup");
        }
        TreeMap<String, Object> members = new TreeMap<>();
        for (SdkField<?> field : answered.sdkFields()) {
            Optional.ofNullable(field.getValueOrDefault(answered))
                    .filter(value -> !(value instanceof SdkAutoConstructList))
                    .ifPresent(value -> members.put(field.locationName(), plain(value)));
        }
        return new Backup(members);
    }

    /**
     * @throws IllegalArgumentException if there is no list in the response, which does not prove that there are no
     *     backups
     */
    static List<Backup> backups(DescribeBackupsResponse page) {
        if (!page.hasBackups()) {
            throw new IllegalArgumentException("the response has no Backups");
        }
        return page.backups().stream().map(BackupMapper::backup).toList();
    }

    private static Object plain(Object value) {
        return switch (value) {
            case Instant instant -> instant.truncatedTo(ChronoUnit.MILLIS).toString();
            case Integer number -> BigDecimal.valueOf(number);
            case List<?> list -> list.stream().map(BackupMapper::plain).toList();
            default -> value.toString();
        };
    }
}
