package dev.serverbackup.audit.dynamodb;

import static dev.serverbackup.audit.dynamodb.Attributes.*;

import dev.serverbackup.audit.AttemptId;
import dev.serverbackup.audit.Entry;
import dev.serverbackup.audit.EntryStatus;
import dev.serverbackup.backup.Backup;
import dev.serverbackup.backup.BackupError;
import dev.serverbackup.backup.ErrorType;
import dev.serverbackup.request.RunId;
import dev.serverbackup.request.ServerName;
import dev.serverbackup.server.Server;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** An entry as an item of the audit table (docs/audit-table.md). */
final class EntryItem {
    static final String PREFIX = "server#";

    /**
     * Room for what is added to an entry later: at most 64 KB of its backup; its last error and the error of a
     * deletion, at most 7 KB each; the claim; instants.
     */
    static final long GROWTH = 80L * 1024;

    private static final long MOST_OF_A_BACKUP = 64L * 1024;
    private static final int LONGEST_ID = 256;
    private static final String CUT = "…";

    private EntryItem() {}

    static Map<String, AttributeValue> key(RunId runId, ServerName server) {
        return Map.of(RUN_ID, s(runId.value()), ENTRY, s(PREFIX + server.value()));
    }

    static Map<String, AttributeValue> of(Entry entry) {
        Map<String, AttributeValue> item = new HashMap<>(key(entry.runId(), entry.serverName()));
        item.put(BACKEND, s(entry.backend().id()));
        item.put(SERVER_NAME, s(entry.serverName().value()));
        entry.server().arn().ifPresent(arn -> item.put(SERVER_ARN, s(arn)));
        item.put(TAGS, strings(entry.server().tags()));
        item.put(STATUS, s(entry.status().name()));
        item.put(ATTEMPTS, n(entry.attempts()));
        entry.attemptId().ifPresent(id -> item.put(ATTEMPT_ID, s(id.value())));
        entry.leaseUntil().ifPresent(until -> item.put(LEASE_UNTIL, instant(until)));
        entry.backup().ifPresent(backup -> item.put(BACKUP, backup(backup)));
        entry.error().ifPresent(error -> item.put(ERROR, error(error)));
        item.put(REQUESTED_AT, instant(entry.requestedAt()));
        entry.startedAt().ifPresent(at -> item.put(STARTED_AT, instant(at)));
        entry.finishedAt().ifPresent(at -> item.put(FINISHED_AT, instant(at)));
        item.put(OPEN, s(OPEN));
        item.put(NEXT_ACTION_AT, instant(entry.nextActionAt()));
        if (entry.status() == EntryStatus.FAILED) {
            item.put(DAY_KEY, s("failures#" + day(entry.requestedAt())));
        }
        if (entry.mayHaveBackup()) {
            item.put(UNDELETED, s(entry.serverName().value()));
        }
        return item;
    }

    static Entry read(Map<String, AttributeValue> item) {
        Instant requestedAt = time(item, REQUESTED_AT).orElseThrow();
        return new Entry(
                new RunId(item.get(RUN_ID).s()),
                backend(item),
                new Server(new ServerName(item.get(SERVER_NAME).s()), text(item, SERVER_ARN), texts(item, TAGS)),
                EntryStatus.valueOf(item.get(STATUS).s()),
                Integer.parseInt(item.get(ATTEMPTS).n()),
                text(item, ATTEMPT_ID).map(AttemptId::new),
                time(item, LEASE_UNTIL),
                optional(item, BACKUP).map(value -> backup(value.m())),
                optional(item, ERROR).map(value -> error(value.m())),
                requestedAt,
                time(item, STARTED_AT),
                time(item, FINISHED_AT),
                time(item, NEXT_ACTION_AT).orElse(requestedAt));
    }

    static AttributeValue error(BackupError error) {
        Map<String, AttributeValue> map = new HashMap<>();
        map.put("type", s(cut(error.type().name(), LONGEST_ID)));
        map.put("message", s(error.message()));
        error.httpStatus().ifPresent(status -> map.put("httpStatus", n(status)));
        error.requestId().ifPresent(id -> map.put("requestId", s(cut(id, LONGEST_ID))));
        map.put("effectUnknown", AttributeValue.fromBool(error.effectUnknown()));
        return AttributeValue.fromM(map);
    }

    static BackupError error(Map<String, AttributeValue> map) {
        return new BackupError(
                new ErrorType(map.get("type").s()),
                map.get("message").s(),
                optional(map, "httpStatus").map(value -> Integer.valueOf(value.n())),
                text(map, "requestId"),
                Optional.ofNullable(map.get("effectUnknown"))
                        .map(AttributeValue::bool)
                        .orElse(false));
    }

    /**
     * A backup's members as the service returned them. If they are too long for the row, the longest are cut first: an
     * entry that can't be finished would be worse than an incomplete description.
     */
    static AttributeValue backup(Backup backup) {
        Map<String, AttributeValue> members = new HashMap<>();
        backup.members().forEach((name, value) -> members.put(name, member(value)));
        Comparator<String> bySize = Comparator.comparingLong((String name) -> ItemSize.of(members.get(name)))
                .thenComparing(Comparator.naturalOrder());
        while (ItemSize.of(members) > MOST_OF_A_BACKUP) {
            Optional<String> longest = members.keySet().stream()
                    .filter(name -> !name.equals(Backup.ID) && ItemSize.of(members.get(name)) > LONGEST_ID)
                    .max(bySize);
            if (longest.isEmpty()) {
                break;
            }
            members.compute(longest.get(), (_, value) -> half(value));
        }
        return AttributeValue.fromM(members);
    }

    private static AttributeValue half(AttributeValue value) {
        return value.hasL()
                ? AttributeValue.fromL(value.l().subList(0, value.l().size() / 2))
                : s(cut(value.s(), value.s().length() / 2));
    }

    private static String cut(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        int end = longest - CUT.length();
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + CUT;
    }

    static Backup backup(Map<String, AttributeValue> map) {
        TreeMap<String, Object> members = new TreeMap<>();
        map.forEach((name, value) -> members.put(name, member(value)));
        return new Backup(members);
    }
}
