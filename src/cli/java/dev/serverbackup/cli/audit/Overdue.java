package dev.serverbackup.cli.audit;

import dev.serverbackup.cli.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * A server without a good backup for so long.
 *
 * @param lastGoodBackup its last one that still exists; {@value #NEVER} if there is none
 * @param finished when that one was finished
 * @param age how long ago that was
 */
record Overdue(String server, String lastGoodBackup, String finished, String age) {
    static final String NEVER = "never";

    private static final int CONCURRENT_QUERIES = 16;

    /** Those of the servers without one for so many hours; those that never had one first, then the longest overdue. */
    static List<Overdue> among(Set<String> servers, int hours, AuditReader audit) {
        Instant now = audit.clock().instant();
        Instant since = now.minus(Duration.ofHours(hours));
        return lastGood(audit, servers).entrySet().stream()
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

    private static Map<String, Optional<Item>> lastGood(AuditReader audit, Set<String> servers) {
        Map<String, Optional<Item>> found = new TreeMap<>();
        try (ExecutorService workers = Executors.newFixedThreadPool(
                CONCURRENT_QUERIES, Thread.ofVirtual().factory())) {
            Map<String, Future<Optional<Item>>> asked = new TreeMap<>();
            servers.forEach(server -> {
                Callable<Optional<Item>> question = () -> audit.lastGood(server);
                asked.put(server, workers.submit(question));
            });
            asked.forEach((server, answer) -> found.put(server, result(answer)));
        }
        return found;
    }

    private static Optional<Item> result(Future<Optional<Item>> answer) {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the table was read", e);
        }
    }
}
