package dev.serverbackup.local.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serverbackup.local.http.WebPages;
import dev.serverbackup.request.RequestedBy;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/** What the audit table tells of the last days, for the page: its runs, the entries of one, the nights of a server. */
public final class AuditPage implements WebPages {

    private static final int DAYS = 35;
    private static final int MOST_RUNS = 100;
    private static final int MOST_ENTRIES = 1_000;
    private static final int MOST_LISTED = 50;
    /** The worst last; what is open may yet fail. */
    private static final List<String> OUTCOMES = List.of("SUCCEEDED", "STARTED", "CALLING", "PENDING", "FAILED");

    private final DynamoDbClient client;
    private final String table;
    private final InstantSource clock;

    /** @param clock the cloud's, which says what the last days are */
    public AuditPage(DynamoDbClient client, String table, InstantSource clock) {
        this.client = client;
        this.table = table;
        this.clock = clock;
    }

    @Override
    public Optional<Shown> at(String path) {
        return path.equals("/runs.json")
                ? Optional.of(json(runs()))
                : asked(path, "/run.json?id=", this::run).or(() -> asked(path, "/server.json?name=", this::server));
    }

    private static Optional<Shown> asked(String path, String before, Function<String, ObjectNode> answer) {
        if (!path.startsWith(before) || path.length() == before.length()) {
            return Optional.empty();
        }
        try {
            var value = URLDecoder.decode(path.substring(before.length()), StandardCharsets.UTF_8);
            return Optional.of(json(answer.apply(value)));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    private static Shown json(ObjectNode json) {
        return new Shown("application/json", json.toString());
    }

    private ObjectNode runs() {
        var json = JsonNodeFactory.instance.objectNode();
        var runs = json.putArray("runs");
        var today = today();
        for (int ago = 0; ago < DAYS && runs.size() < MOST_RUNS; ago++) {
            whole(rows("by-day", "dayKey = :key", Map.of(":key", text("runs#" + today.minusDays(ago))))
                            .limit(MOST_RUNS - runs.size())
                            .toList())
                    .forEach(row -> runs.add(run(row)));
        }
        return json;
    }

    /** The index does not say what a run was requested by. */
    private List<Map<String, AttributeValue>> whole(List<Map<String, AttributeValue>> found) {
        if (found.isEmpty()) {
            return List.of();
        }
        var keys = found.stream()
                .map(row -> Map.of("runId", row.get("runId"), "entry", row.get("entry")))
                .toList();
        var wanted = KeysAndAttributes.builder().keys(keys).build();
        var rows = new HashMap<String, Map<String, AttributeValue>>();
        client.batchGetItemPaginator(request -> request.requestItems(Map.of(table, wanted))).stream()
                .flatMap(answer -> answer.responses().getOrDefault(table, List.of()).stream())
                .forEach(row -> rows.put(string(row, "runId"), row));
        return found.stream()
                .map(row -> rows.getOrDefault(string(row, "runId"), row))
                .toList();
    }

    private ObjectNode run(String id) {
        var json = JsonNodeFactory.instance.objectNode();
        var entries = json.putArray("entries");
        rows(null, "runId = :key", Map.of(":key", text(id)))
                .limit(MOST_ENTRIES)
                .sorted(Comparator.comparing(row -> string(row, "entry")))
                .forEach(row -> {
                    if (string(row, "entry").equals("run")) {
                        json.set("run", run(row));
                    } else {
                        entries.add(entry(row));
                    }
                });
        return json;
    }

    private ObjectNode server(String name) {
        var first = today().minusDays(DAYS - 1L);
        var since = Map.of(":key", text(name), ":since", text(first.toString()));
        var rows = rows("by-server", "serverName = :key AND requestedAt >= :since", since)
                .limit(MOST_ENTRIES)
                .toList();
        var json = JsonNodeFactory.instance.objectNode().put("server", name);
        var days = json.putArray("days");
        var runs = runs().get("runs");
        first.datesUntil(first.plusDays(DAYS)).forEach(day -> night(days, day, rows, runs));
        var entries = json.putArray("entries");
        rows.stream().limit(MOST_LISTED).forEach(row -> entries.add(entry(row)));
        return json;
    }

    private static void night(ArrayNode days, LocalDate day, List<Map<String, AttributeValue>> rows, JsonNode runs) {
        var outcomes = rows.stream()
                .filter(row -> string(row, "requestedAt").startsWith(day.toString()))
                .map(row -> string(row, "status"))
                .toList();
        var ofDay = runs.valueStream()
                .filter(run -> run.path("requestedAt").asText().startsWith(day.toString()))
                .toList();
        days.addObject()
                .put(
                        "missed",
                        ofDay.stream()
                                .anyMatch(run -> run.path("status").asText().equals("MISSED")))
                .put(
                        "caughtUp",
                        ofDay.stream().anyMatch(run -> run.path("caughtUp").asBoolean()))
                .put("day", day.toString())
                .put("backups", outcomes.size())
                .put(
                        "worst",
                        outcomes.stream()
                                .max(Comparator.comparingInt(OUTCOMES::indexOf))
                                .orElse(""));
    }

    private static ObjectNode run(Map<String, AttributeValue> row) {
        var json = JsonNodeFactory.instance
                .objectNode()
                .put("id", string(row, "runId"))
                .put("requestedAt", string(row, "requestedAt"))
                .put("status", string(row, "status"))
                .put("targets", string(row, "targetCount"))
                .put("caughtUp", isCaughtUp(row));
        var counts = json.putObject("counts");
        members(row, "counts").forEach((status, count) -> counts.put(status, count.n()));
        return json;
    }

    private static boolean isMissed(Map<String, AttributeValue> run) {
        return string(run, "status").equals("MISSED");
    }

    private static boolean isCaughtUp(Map<String, AttributeValue> run) {
        return !isMissed(run) && string(members(run, "requestedBy"), "source").equals(RequestedBy.CATCH_UP.source());
    }

    private static ObjectNode entry(Map<String, AttributeValue> row) {
        var error = members(row, "error");
        return JsonNodeFactory.instance
                .objectNode()
                .put("run", string(row, "runId"))
                .put("server", string(row, "serverName"))
                .put("status", string(row, "status"))
                .put("requestedAt", string(row, "requestedAt"))
                .put("finishedAt", string(row, "finishedAt"))
                .put("attempts", string(row, "attempts"))
                .put("backupId", string(members(row, "backup"), "BackupId"))
                .put("error", string(error, "type"))
                .put("message", string(error, "message"));
    }

    /** The rows of a key, the newest first; none that has expired. */
    private Stream<Map<String, AttributeValue>> rows(
            String index, String condition, Map<String, AttributeValue> values) {
        var now = clock.instant().getEpochSecond();
        var query = QueryRequest.builder()
                .tableName(table)
                .indexName(index)
                .keyConditionExpression(condition)
                .expressionAttributeValues(values)
                .scanIndexForward(false)
                .build();
        return client.queryPaginator(query).items().stream()
                .filter(row -> !row.containsKey("expiresAt")
                        || Long.parseLong(row.get("expiresAt").n()) > now);
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    private static AttributeValue text(String value) {
        return AttributeValue.fromS(value);
    }

    /** A text, or a number as one; empty where there is none. */
    private static String string(Map<String, AttributeValue> row, String attribute) {
        return Optional.ofNullable(row.get(attribute))
                .map(value -> value.s() == null ? value.n() : value.s())
                .orElse("");
    }

    private static Map<String, AttributeValue> members(Map<String, AttributeValue> row, String attribute) {
        return Optional.ofNullable(row.get(attribute)).map(AttributeValue::m).orElse(Map.of());
    }
}
