package dev.serverbackup.audit.dynamodb;

import dev.serverbackup.backup.BackupBackend;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The audit table's attribute names, and values between Java and DynamoDB. */
final class Attributes {
    static final String RUN_ID = "runId";
    static final String ENTRY = "entry";
    static final String BACKEND = "backend";
    static final String SERVER_NAME = "serverName";
    static final String SERVER_ARN = "serverArn";
    static final String TAGS = "tags";
    static final String STATUS = "status";
    static final String ATTEMPTS = "attempts";
    static final String ATTEMPT_ID = "attemptId";
    static final String LEASE_UNTIL = "leaseUntil";
    static final String BACKUP = "backup";
    static final String ERROR = "error";
    static final String REQUESTED_AT = "requestedAt";
    static final String STARTED_AT = "startedAt";
    static final String FINISHED_AT = "finishedAt";
    static final String OPEN = "open";
    static final String NEXT_ACTION_AT = "nextActionAt";
    static final String DAY_KEY = "dayKey";
    static final String UNDELETED = "undeleted";

    /** Of fixed length, so that texts sort as the instants do: the range keys of the indexes need that. */
    private static final DateTimeFormatter INSTANT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private static final DateTimeFormatter DAY = DateTimeFormatter.ISO_LOCAL_DATE.withZone(ZoneOffset.UTC);

    private Attributes() {}

    static AttributeValue s(String value) {
        return AttributeValue.fromS(value);
    }

    static AttributeValue n(Integer value) {
        return AttributeValue.fromN(value.toString());
    }

    static AttributeValue instant(Instant value) {
        return s(INSTANT.format(value));
    }

    static String day(Instant value) {
        return DAY.format(value);
    }

    static AttributeValue strings(Map<String, String> values) {
        return map(values, AttributeValue::fromS);
    }

    static <K, V> AttributeValue map(Map<K, V> values, Function<V, AttributeValue> convert) {
        Map<String, AttributeValue> converted = new LinkedHashMap<>();
        values.forEach((key, value) -> converted.put(key.toString(), convert.apply(value)));
        return AttributeValue.fromM(converted);
    }

    /** A member of a backup, of one of the types that {@link dev.serverbackup.backup.Backup} allows. */
    static AttributeValue member(Object value) {
        return switch (value) {
            case Boolean bool -> AttributeValue.fromBool(bool);
            case BigDecimal number -> AttributeValue.fromN(number.toPlainString());
            case List<?> list ->
                AttributeValue.fromL(list.stream().map(Attributes::member).toList());
            case String text -> s(text);
            default -> throw new IllegalArgumentException("no member of a backup is a " + value.getClass());
        };
    }

    static Object member(AttributeValue value) {
        return switch (value.type()) {
            case BOOL -> value.bool();
            case N -> new BigDecimal(value.n());
            case L -> value.l().stream().map(Attributes::member).toList();
            case S -> value.s();
            case M, SS, NS, BS, B, NUL, UNKNOWN_TO_SDK_VERSION ->
                throw new IllegalArgumentException("no member of a backup is a " + value.type());
        };
    }

    /** @throws IllegalArgumentException if the row names no backend that is known here */
    static BackupBackend backend(Map<String, AttributeValue> item) {
        return BackupBackend.of(text(item, BACKEND).orElse(""));
    }

    static Optional<AttributeValue> optional(Map<String, AttributeValue> item, String name) {
        return Optional.ofNullable(item.get(name));
    }

    static Optional<String> text(Map<String, AttributeValue> item, String name) {
        return optional(item, name).map(AttributeValue::s);
    }

    static Optional<Instant> time(Map<String, AttributeValue> item, String name) {
        return text(item, name).map(Instant::parse);
    }

    static SortedMap<String, String> texts(Map<String, AttributeValue> item, String name) {
        TreeMap<String, String> texts = new TreeMap<>();
        optional(item, name).ifPresent(map -> map.m().forEach((key, value) -> texts.put(key, value.s())));
        return texts;
    }

    static SortedMap<String, Integer> numbers(Map<String, AttributeValue> item, String name) {
        TreeMap<String, Integer> numbers = new TreeMap<>();
        optional(item, name)
                .ifPresent(map -> map.m().forEach((key, value) -> numbers.put(key, Integer.valueOf(value.n()))));
        return numbers;
    }
}
