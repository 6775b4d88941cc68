package dev.serverbackup.audit.dynamodb;

import static dev.serverbackup.audit.dynamodb.Attributes.*;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.serverbackup.audit.EntryStatus;
import dev.serverbackup.audit.Run;
import dev.serverbackup.audit.RunStatus;
import dev.serverbackup.request.RequestedBy;
import dev.serverbackup.request.RunId;
import dev.serverbackup.request.ServerName;
import dev.serverbackup.server.Excerpt;
import dev.serverbackup.server.ExcludedServer;
import dev.serverbackup.server.SkippedResource;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A run's own row as an item of the audit table (docs/audit-table.md). */
final class RunItem {
    static final String ENTRY_VALUE = "run";
    static final String COUNTS = "counts";

    /** Room for what is added to a run's row later: its counts, a longer status, and when it was notified and expires. */
    static final long GROWTH = 1024;

    private static final JsonMapper JSON = new JsonMapper();
    private static final String REQUEST_HASH = "requestHash";
    private static final String REQUEST = "request";
    private static final String DESCRIPTION = "description";
    private static final String REQUESTED_BY = "requestedBy";
    static final String TARGET_COUNT = "targetCount";
    private static final String SELECTOR = "selector";
    private static final String EXCLUDED = "excluded";
    private static final String SKIPPED = "skipped";
    private static final String COUNT_OF = "Count";
    private static final String NAME = "name";
    private static final String RESOURCE = "resource";
    private static final String REASON = "reason";

    private RunItem() {}

    static Map<String, AttributeValue> key(RunId runId) {
        return Map.of(RUN_ID, s(runId.value()), ENTRY, s(ENTRY_VALUE));
    }

    static Map<String, AttributeValue> of(Run run) {
        Map<String, AttributeValue> item = new HashMap<>(key(run.runId()));
        item.put(REQUEST_HASH, s(run.requestHash()));
        item.put(REQUEST, s(run.canonicalRequest()));
        item.put(REQUESTED_BY, requestedBy(run.requestedBy()));
        item.put(BACKEND, s(run.backend().id()));
        item.put(SELECTOR, s(run.selector()));
        item.putAll(TargetsAttribute.of(run.targets()));
        item.put(TARGET_COUNT, n(run.targets().size()));
        putExcerpt(item, EXCLUDED, run.excluded(), RunItem::excluded);
        putExcerpt(item, SKIPPED, run.skipped(), RunItem::skipped);
        item.put(STATUS, s(run.status().name()));
        item.put(COUNTS, map(run.counts(), Attributes::n));
        item.put(REQUESTED_AT, instant(run.requestedAt()));
        item.put(DAY_KEY, s("runs#" + day(run.requestedAt())));
        item.put(OPEN, s(OPEN));
        item.put(NEXT_ACTION_AT, instant(run.requestedAt()));
        return item;
    }

    static Run read(Map<String, AttributeValue> item) {
        TreeMap<EntryStatus, Integer> counts = new TreeMap<>();
        numbers(item, COUNTS).forEach((status, count) -> counts.put(EntryStatus.valueOf(status), count));
        Instant requestedAt = time(item, REQUESTED_AT).orElseThrow();
        return new Run(
                new RunId(item.get(RUN_ID).s()),
                item.get(REQUEST_HASH).s(),
                item.get(REQUEST).s(),
                description(item.get(REQUEST).s()),
                requestedBy(item.get(REQUESTED_BY).m()),
                backend(item),
                item.get(SELECTOR).s(),
                TargetsAttribute.read(item),
                excerpt(item, EXCLUDED, RunItem::excluded),
                excerpt(item, SKIPPED, RunItem::skipped),
                RunStatus.valueOf(item.get(STATUS).s()),
                counts,
                requestedAt);
    }

    /**
     * The description is stored only once, in the request: with up to 10,000 characters it may be the largest part of
     * it.
     */
    private static String description(String request) {
        try {
            return JSON.readTree(request).path(DESCRIPTION).asText();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the request of a run's row is not JSON", e);
        }
    }

    private static <T> void putExcerpt(
            Map<String, AttributeValue> item, String name, Excerpt<T> excerpt, Function<T, AttributeValue> convert) {
        item.put(name + COUNT_OF, n(excerpt.count()));
        item.put(
                name, AttributeValue.fromL(excerpt.first().stream().map(convert).toList()));
    }

    private static <T> Excerpt<T> excerpt(
            Map<String, AttributeValue> item, String name, Function<Map<String, AttributeValue>, T> convert) {
        return new Excerpt<>(
                Integer.parseInt(item.get(name + COUNT_OF).n()),
                item.get(name).l().stream().map(AttributeValue::m).map(convert).toList());
    }

    private static AttributeValue excluded(ExcludedServer server) {
        return AttributeValue.fromM(Map.of(NAME, s(server.name().value()), REASON, s(server.reason())));
    }

    private static ExcludedServer excluded(Map<String, AttributeValue> map) {
        return new ExcludedServer(
                new ServerName(map.get(NAME).s()), map.get(REASON).s());
    }

    private static AttributeValue skipped(SkippedResource resource) {
        return AttributeValue.fromM(Map.of(RESOURCE, s(resource.resource()), REASON, s(resource.reason())));
    }

    private static SkippedResource skipped(Map<String, AttributeValue> map) {
        return new SkippedResource(map.get(RESOURCE).s(), map.get(REASON).s());
    }

    private static AttributeValue requestedBy(RequestedBy by) {
        Map<String, AttributeValue> map = new HashMap<>();
        map.put("source", s(by.source()));
        by.detailType().ifPresent(type -> map.put("detailType", s(type)));
        by.eventId().ifPresent(id -> map.put("eventId", s(id)));
        return AttributeValue.fromM(map);
    }

    private static RequestedBy requestedBy(Map<String, AttributeValue> map) {
        return new RequestedBy(map.get("source").s(), text(map, "detailType"), text(map, "eventId"));
    }
}
