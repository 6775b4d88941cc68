package dev.serverbackup.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import java.util.List;
import java.util.Map;

/** Events as the Lambda runtime gives them to a handler: decoded by its own serialiser. */
final class SampleEvents {
    static final TagSelector NIGHTLY = SelectorReader.fromJson("{\"tags\": {\"Backup\": [\"nightly\"]}}");
    static final int DEFAULT_MAX_TARGETS = 1_000;
    static final EventReader READER = new EventReader(NIGHTLY, DEFAULT_MAX_TARGETS, "server-backup");
    static final String INVOCATION_ID = "11d9ba3c-6e1a-4e0a-9a4c-5e2c1f7c9a01";
    static final String EVENT_ID = "6a7e8feb-b491-4cf7-a9f1-bf3703467718";
    static final String NIGHTLY_RULE = "arn:aws:events:eu-central-1:123456789012:rule/server-backup-schedule";

    private SampleEvents() {}

    static ScheduledEvent decoded(String json) {
        PojoSerializer<ScheduledEvent> runtime =
                LambdaEventSerializers.serializerFor(ScheduledEvent.class, SampleEvents.class.getClassLoader());
        return runtime.fromJson(json);
    }

    static BackupRequest read(ScheduledEvent event) {
        return READER.read(event, INVOCATION_ID);
    }

    static BackupRequest read(String json) {
        return read(decoded(json));
    }

    /** An event that a workflow puts on the bus. */
    static String onTheBus(String detail) {
        return """
            {"version": "0", "id": "%s", "detail-type": "Server Backup Requested", "source": "acme.release-pipeline",
             "account": "123456789012", "time": "2026-11-22T09:41:07Z", "region": "eu-central-1", "resources": [],
             "detail": %s}\
            """.formatted(EVENT_ID, detail);
    }

    static BackupRequest readDetail(String detail) {
        return read(onTheBus(detail));
    }

    static void assertRefused(ScheduledEvent event, String message) {
        assertThatThrownBy(() -> read(event))
                .isInstanceOfSatisfying(
                        InvalidRequestException.class,
                        refused -> assertThat(refused.getMessage())
                                .startsWith(refused.property() + ": ")
                                .isEqualTo(message));
    }

    /** What a rule with a schedule sends by itself. */
    static ScheduledEvent fromTheSchedule() {
        return decoded("""
            {"version": "0", "id": "53dc4d37-cffa-4f76-80c9-8b7d4a4d2eaa", "detail-type": "Scheduled Event",
             "source": "aws.events", "account": "123456789012", "time": "2026-11-22T02:00:00Z",
             "region": "eu-central-1", "resources": ["%s"], "detail": {}}\
            """.formatted(NIGHTLY_RULE));
    }

    static ScheduledEvent invokedWith(Map<String, Object> detail) {
        return new ScheduledEvent().withId(EVENT_ID).withSource("acme").withDetail(detail);
    }

    static Map<String, Object> selecting(Object selector) {
        return Map.of("selector", selector);
    }

    static Map<String, Object> tags(String key, List<?> values) {
        return Map.of("tags", Map.of(key, values));
    }
}
