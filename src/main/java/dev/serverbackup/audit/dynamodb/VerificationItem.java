package dev.serverbackup.audit.dynamodb;

import static dev.serverbackup.audit.dynamodb.Attributes.*;

import dev.serverbackup.audit.Verification;
import dev.serverbackup.audit.Verification.Status;
import dev.serverbackup.audit.Verification.Subject;
import dev.serverbackup.audit.VerificationResult;
import dev.serverbackup.audit.VerificationResult.Outcome;
import dev.serverbackup.backup.BackupOperation;
import dev.serverbackup.request.RunId;
import dev.serverbackup.request.ServerName;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A server's verification as an item of the audit table (docs/audit-table.md). It has no {@code serverName} and no
 * {@code requestedAt}, so the indexes of entries don't contain it.
 */
final class VerificationItem {
    private static final String PREFIX = "verification#";
    private static final String ENTRY_VALUE = "verification";
    static final String VERSION = "version";
    private static final String SINCE = "dueSince";
    private static final String SUBJECT = "subject";
    private static final String RESULT = "verification";

    private VerificationItem() {}

    static Map<String, AttributeValue> key(ServerName server) {
        return Map.of(RUN_ID, s(PREFIX + server), ENTRY, s(ENTRY_VALUE));
    }

    static ServerName server(Map<String, AttributeValue> item) {
        return new ServerName(item.get(RUN_ID).s().substring(PREFIX.length()));
    }

    static AttributeValue number(long value) {
        return AttributeValue.fromN(Long.toString(value));
    }

    static Map<String, AttributeValue> of(Verification one) {
        Map<String, AttributeValue> item = new HashMap<>(key(one.server()));
        item.put(BACKEND, s(one.backend().id()));
        item.put(STATUS, s(one.status().name()));
        item.put(VERSION, number(one.version()));
        one.subject().ifPresent(subject -> item.put(SUBJECT, subject(subject)));
        one.leaseUntil().ifPresent(until -> item.put(LEASE_UNTIL, instant(until)));
        one.startedAs().ifPresent(as -> item.put("startedAs", s(as)));
        one.result().ifPresent(result -> item.put(RESULT, result(result)));
        item.put("passed", list(one.passed()));
        item.put("failed", list(one.failed()));
        item.put(SINCE, instant(one.since()));
        item.put(OPEN, s(ENTRY_VALUE));
        item.put(NEXT_ACTION_AT, instant(one.nextActionAt()));
        return item;
    }

    static Verification read(Map<String, AttributeValue> item) {
        ServerName server = server(item);
        return new Verification(
                server,
                backend(item),
                Status.valueOf(item.get(STATUS).s()),
                Long.parseLong(item.get(VERSION).n()),
                optional(item, SUBJECT).map(value -> subject(value.m(), server)),
                time(item, LEASE_UNTIL),
                text(item, "startedAs"),
                optional(item, RESULT).map(value -> result(value.m())),
                set(item.get("passed")),
                set(item.get("failed")),
                time(item, SINCE).orElseThrow(),
                time(item, NEXT_ACTION_AT).orElseThrow());
    }

    private static AttributeValue subject(Subject subject) {
        BackupOperation operation = subject.operation();
        return AttributeValue.fromM(Map.of(
                RUN_ID,
                s(subject.runId().value()),
                "operationId",
                s(operation.id()),
                BACKUP,
                EntryItem.backup(operation.backup()),
                REQUESTED_AT,
                instant(operation.requestedAt())));
    }

    private static Subject subject(Map<String, AttributeValue> map, ServerName server) {
        return new Subject(
                new RunId(map.get(RUN_ID).s()),
                new BackupOperation(
                        BackupOperation.Kind.VERIFY,
                        map.get("operationId").s(),
                        EntryItem.backup(map.get(BACKUP).m()),
                        server,
                        time(map, REQUESTED_AT).orElseThrow()));
    }

    /** The same map is written to the entry. */
    static AttributeValue result(VerificationResult result) {
        Map<String, AttributeValue> map = new HashMap<>(Map.of(
                "result", s(result.outcome().name()),
                "backupId", s(result.backupId()),
                "checked", s(result.checked()),
                "at", instant(result.at()),
                "seconds", number(result.took().toSeconds())));
        result.error().ifPresent(error -> map.put(ERROR, EntryItem.error(error)));
        return AttributeValue.fromM(map);
    }

    private static VerificationResult result(Map<String, AttributeValue> map) {
        Instant at = time(map, "at").orElseThrow();
        return new VerificationResult(
                map.get("backupId").s(),
                Outcome.valueOf(map.get("result").s()),
                map.get("checked").s(),
                Optional.ofNullable(map.get(ERROR)).map(value -> EntryItem.error(value.m())),
                at,
                Duration.ofSeconds(Long.parseLong(map.get("seconds").n())));
    }

    private static AttributeValue list(SortedSet<String> ids) {
        return AttributeValue.fromL(ids.stream().map(Attributes::s).toList());
    }

    private static SortedSet<String> set(AttributeValue list) {
        return new TreeSet<>(list.l().stream().map(AttributeValue::s).toList());
    }
}
