package dev.serverbackup.cli.audit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Gatherers;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/**
 * Reads the audit table, only by Query and BatchGetItem: there is a key for each question. An expired row counts as
 * absent, whether DynamoDB has removed it or not. Throws the SDK's exceptions. Safe for use by several threads.
 */
public final class AuditReader {
    /** The most runs whose targets are read. */
    static final int MOST_RUNS = 200;

    private static final Duration RECENT = Duration.ofDays(28);
    private static final int PAGE = 100;
    private static final int CONCURRENT = 16;
    private static final int BATCH = 100;
    private static final String IN_PERIOD = " AND requestedAt BETWEEN :since AND :until";

    private final DynamoDbClient client;
    private final String table;
    private final InstantSource clock;

    /** @param clock to find what has expired, and to calculate ages */
    public AuditReader(DynamoDbClient client, String table, InstantSource clock) {
        this.client = client;
        this.table = table;
        this.clock = clock;
    }

    /** The clock for "now". */
    public InstantSource clock() {
        return clock;
    }

    /** A server's entries, newest first. */
    Rows ofServer(String server, Period period, int limit) {
        // DynamoDB refuses a range that ends before it begins.
        return period.isEmpty()
                ? new Rows(List.of(), false)
                : first(limit, items(within(period, "by-server", "serverName", server, false)));
    }

    /** The newest entry of a server whose backup succeeded and still exists, as far as the audit knows. */
    Optional<Item> lastGood(String server) {
        return good(server).findFirst();
    }

    /** A server's entries whose backups succeeded and still exist, as far as the audit knows; newest first. */
    public Stream<Item> good(String server) {
        QueryRequest query = of("undeleted = :server", Map.of(":server", s(server)))
                .indexName("undeleted")
                .scanIndexForward(false)
                .limit(10)
                .build();
        // The index may be stale, so the row is read, too.
        return items(query)
                .filter(Item::isGood)
                .flatMap(found -> read(List.of(found.key())))
                .filter(Item::isGood);
    }

    /** A server's entries that meet a condition, newest first; the condition is checked again on the row itself. */
    public Stream<Item> entries(String server, Predicate<Item> which) {
        return items(within(Period.EVER, "by-server", "serverName", server, false))
                .filter(which)
                .flatMap(found -> read(List.of(found.key())))
                .filter(which);
    }

    /** The restores of a server, newest first. */
    public Stream<Item> restores(String server) {
        return items(
                ofRun("restore#" + server).toBuilder().scanIndexForward(false).build());
    }

    /** A run's row and its entries. */
    Rows ofRun(String run, int limit) {
        return first(limit, items(ofRun(run)));
    }

    /**
     * The progress of a run.
     *
     * @param finished entries that are final
     */
    public record Progress(String status, int targets, int finished, int failed) {
        public boolean isFinal() {
            return !status.equals("RUNNING");
        }
    }

    /** The progress of a run; empty if it has not begun. */
    public Optional<Progress> progress(String run) {
        return run(run).map(row -> {
            List<String> statuses =
                    entries(run).stream().map(entry -> entry.shown("status")).toList();
            int failed = Collections.frequency(statuses, "FAILED");
            int succeeded = Collections.frequency(statuses, "SUCCEEDED");
            return new Progress(row.shown("status"), row.number("targetCount"), succeeded + failed, failed);
        });
    }

    /** The targets of the runs of the last four weeks: of the newest {@value #MOST_RUNS} at most. */
    Set<String> recentTargets() {
        Instant now = clock.instant();
        List<Item> newest = runs(new Period(now.minus(RECENT), now)).reversed();
        return targets(newest.subList(0, Math.min(newest.size(), MOST_RUNS)));
    }

    /** The targets of runs, by name. */
    Set<String> targets(List<Item> runs) {
        Set<String> servers = new TreeSet<>();
        whole(new Rows(runs, false)).items().forEach(run -> servers.addAll(run.names("targets")));
        return servers;
    }

    /** All the entries of a run. */
    List<Item> entries(String run) {
        return items(ofRun(run)).filter(item -> !item.isRun()).toList();
    }

    /** The entries of a run whose backups succeeded and still exist: only the name and the end of each. */
    Stream<Item> goodOf(String run) {
        QueryRequest few = ofRun(run).toBuilder()
                .projectionExpression("entry,serverName,#status,finishedAt,deletedAt,deletingAt,deleteError,expiresAt")
                .expressionAttributeNames(Map.of("#status", "status"))
                .build();
        return items(few).filter(item -> !item.isRun()).filter(Item::isGood);
    }

    /** A run's own row. */
    public Optional<Item> run(String run) {
        return read(List.of(Map.of("runId", s(run), "entry", s("run")))).findFirst();
    }

    /** The entries that failed, whole, oldest first. */
    Rows failed(Period period, int limit) {
        return whole(first(limit, byDay("failures#", period)));
    }

    /** The runs, as in the index: without targets, request and excluded servers. Oldest first. */
    Rows runs(Period period, int limit) {
        return first(limit, byDay("runs#", period));
    }

    /** All runs, as in the index, oldest first. */
    List<Item> runs(Period period) {
        return atOnce(days(period), day -> ofDay("runs#", day, period).toList())
                .flatMap(List::stream)
                .toList();
    }

    /** The entries whose backups retention deleted in a period, whole, in the order of their deletion. */
    Rows deleted(Period period, int limit) {
        List<Item> keys = atOnce(
                        days(period),
                        day -> items(of("dayKey = :day", Map.of(":day", s("deletions#" + day)))
                                        .indexName("by-day")
                                        .build())
                                .toList())
                .flatMap(List::stream)
                .toList();
        List<Item> deleted = whole(new Rows(keys, false)).items().stream()
                .filter(item -> item.text("deletedAt").filter(period::includes).isPresent())
                .sorted(Comparator.comparing(item -> item.text("deletedAt").orElseThrow()))
                .toList();
        return Rows.first(limit, deleted);
    }

    /** What is still to be done, oldest first. */
    Rows open(int limit) {
        // The index is ordered by what is due next, and may be stale; its keys are small, so all of them are read.
        List<Item> keys = items(of("#open = :open", Map.of(":open", s("open")))
                        .indexName("open")
                        .expressionAttributeNames(Map.of("#open", "open"))
                        .build())
                .sorted(oldestFirst())
                .toList();
        Rows rows = whole(Rows.first(limit, keys));
        List<Item> open = rows.items().stream()
                .filter(item -> item.has("open"))
                .sorted(oldestFirst())
                .toList();
        return new Rows(open, rows.more());
    }

    /**
     * The same rows with all their attributes. A row that does not exist any more is left out. A row that moved within
     * its index during the read, and so was found twice, is there once.
     */
    Rows whole(Rows found) {
        Map<Map<String, AttributeValue>, Item> rows = new HashMap<>();
        List<Map<String, AttributeValue>> keys =
                found.items().stream().map(Item::key).distinct().toList();
        atOnce(
                        keys.stream().gather(Gatherers.windowFixed(BATCH)),
                        batch -> read(batch).toList())
                .flatMap(List::stream)
                .forEach(item -> rows.put(item.key(), item));
        return new Rows(keys.stream().map(rows::get).filter(Objects::nonNull).toList(), found.more());
    }

    /** Day by day, lazily. */
    private Stream<Item> byDay(String prefix, Period period) {
        return days(period).flatMap((LocalDate day) -> ofDay(prefix, day, period));
    }

    private Stream<Item> ofDay(String prefix, LocalDate day, Period period) {
        return items(within(period, "by-day", "dayKey", prefix + day, true));
    }

    private static Stream<LocalDate> days(Period period) {
        return period.isEmpty() ? Stream.empty() : period.days();
    }

    /**
     * The results in the order of the input; {@value #CONCURRENT} are computed at once. Uses platform threads: if
     * virtual threads have read from a socket, the JVM waits 0.3 s for the poller thread at exit.
     */
    static <T, R> Stream<R> atOnce(Stream<T> each, Function<T, R> question) {
        try (ExecutorService threads = Executors.newFixedThreadPool(CONCURRENT)) {
            List<CompletableFuture<R>> answers = each.map(
                            one -> CompletableFuture.supplyAsync(() -> question.apply(one), threads))
                    .toList();
            try {
                return answers.stream().map(CompletableFuture::join).toList().stream();
            } catch (CompletionException e) {
                // Cancels what has not begun.
                threads.shutdownNow();
                throw e.getCause() instanceof RuntimeException failure ? failure : e;
            }
        }
    }

    private static Comparator<Item> oldestFirst() {
        return Comparator.comparing(item ->
                item.text("requestedAt").or(() -> item.text("nextActionAt")).orElse(""));
    }

    private QueryRequest within(Period period, String index, String key, String value, boolean oldestFirst) {
        Map<String, AttributeValue> values =
                Map.of(":key", s(value), ":since", s(period.first()), ":until", s(period.last()));
        return of(key + " = :key" + IN_PERIOD, values)
                .indexName(index)
                .scanIndexForward(oldestFirst)
                .build();
    }

    private QueryRequest ofRun(String run) {
        return of("runId = :run", Map.of(":run", s(run)))
                .limit(null)
                .consistentRead(true)
                .build();
    }

    private QueryRequest.Builder of(String condition, Map<String, AttributeValue> values) {
        return QueryRequest.builder()
                .tableName(table)
                .limit(PAGE)
                .keyConditionExpression(condition)
                .expressionAttributeValues(values);
    }

    /** Page by page, lazily. Open rows have no expiry, so their index does not contain it. */
    private Stream<Item> items(QueryRequest query) {
        return client.queryPaginator(query).items().stream()
                .map(Item::new)
                .filter(item -> !item.isExpired(clock.instant()));
    }

    /** Requests the keys again that one response could not hold. */
    private Stream<Item> read(List<Map<String, AttributeValue>> keys) {
        KeysAndAttributes wanted =
                KeysAndAttributes.builder().keys(keys).consistentRead(true).build();
        BatchGetItemRequest request = BatchGetItemRequest.builder()
                .requestItems(Map.of(table, wanted))
                .build();
        return client.batchGetItemPaginator(request).stream()
                .flatMap(answer -> answer.responses().getOrDefault(table, List.of()).stream())
                .map(Item::new)
                .filter(item -> !item.isExpired(clock.instant()));
    }

    private static Rows first(int limit, Stream<Item> items) {
        return Rows.first(limit, items.limit(limit + 1L).collect(Collectors.toList()));
    }

    private static AttributeValue s(String value) {
        return AttributeValue.fromS(value);
    }
}
