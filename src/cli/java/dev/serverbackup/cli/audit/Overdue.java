package dev.serverbackup.cli.audit;

import dev.serverbackup.cli.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A server without a good backup for too long.
 *
 * @param lastGoodBackup its last one that still exists; {@value #NEVER} if there is none
 * @param finished when that one was finished
 * @param age how long ago that was
 */
record Overdue(String server, String lastGoodBackup, String finished, String age) {
    static final String NEVER = "never";

    /**
     * The servers without a good backup for {@code hours}; first those that never had one, then the longest overdue.
     */
    static List<Overdue> among(Set<String> servers, int hours, AuditReader audit) {
        Instant now = audit.clock().instant();
        Instant since = now.minus(Duration.ofHours(hours));
        return AuditReader.atOnce(servers.stream(), server -> Map.entry(server, audit.lastGood(server)))
                .filter(server -> server.getValue()
                        .flatMap(backup -> backup.instant("finishedAt"))
                        .filter(since::isBefore)
                        .isEmpty())
                .map(server -> of(server.getKey(), server.getValue(), now))
                .sorted(Comparator.comparing(Overdue::finished).thenComparing(Overdue::server))
                .toList();
    }

    static Table table(List<Overdue> overdue) {
        return Table.of(
                List.of(
                        new Table.Column<>("SERVER", Overdue::server),
                        new Table.Column<>("FINISHED", Overdue::finished),
                        new Table.Column<>("AGE", Overdue::age),
                        new Table.Column<>("LAST GOOD BACKUP", Overdue::lastGoodBackup)),
                overdue);
    }

    boolean neverBackedUp() {
        return lastGoodBackup.equals(NEVER);
    }

    private static Overdue of(String server, Optional<Item> good, Instant now) {
        return good.map(backup -> new Overdue(
                        server,
                        backup.shown("backup", "BackupId"),
                        backup.shown("finishedAt"),
                        backup.since("finishedAt", now)))
                .orElse(new Overdue(server, NEVER, "-", "-"));
    }
}
