package dev.serverbackup.request;

import static dev.serverbackup.Legible.assertLegible;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** Any payload of an invocation, as the runtime's own serialiser decodes it. */
@Timeout(value = 120, threadMode = ThreadMode.SEPARATE_THREAD)
class EventFuzzTest {
    private static final PojoSerializer<ScheduledEvent> RUNTIME =
            LambdaEventSerializers.serializerFor(ScheduledEvent.class, EventFuzzTest.class.getClassLoader());
    private static final int LONGEST_MESSAGE = 1_000;

    @DictionaryFile(resourcePath = "event.dict")
    @FuzzTest
    void an_event_is_a_request_or_is_refused_legibly(byte[] payload) {
        decoded(payload).ifPresent(event -> {
            try {
                assertSoundRequest(event, SampleEvents.read(event));
            } catch (InvalidRequestException refused) {
                assertLegible(refused.getMessage(), LONGEST_MESSAGE);
            }
        });
    }

    /** Nothing where the serialiser rejects the payload, in whatever way: then this code is not reached. */
    private static Optional<ScheduledEvent> decoded(byte[] payload) {
        try {
            return Optional.ofNullable(RUNTIME.fromJson(new ByteArrayInputStream(payload)));
        } catch (RuntimeException rejected) {
            return Optional.empty();
        }
    }

    private static void assertSoundRequest(ScheduledEvent event, BackupRequest request) {
        assertThat(request.backupDescription()).hasSizeLessThanOrEqualTo(BackupRequest.MAX_DESCRIPTION);
        assertThat(request.backupDescription()).endsWith(" [run " + request.runId() + "]");
        assertThat(request.maxTargets()).isBetween(1, BackupRequest.MAX_TARGETS);
        assertLegible(request.requestedBy().source(), 256);
        assertThat(SampleEvents.read(sayingAgain(request.canonicalRequest(), event)))
                .isEqualTo(request);
    }

    /** The event with its detail replaced by the canonical text of what it asked, which does not hold the request id. */
    private static ScheduledEvent sayingAgain(String asked, ScheduledEvent event) {
        Map<String, Object> detail = new HashMap<>(
                SampleEvents.decoded("{\"detail\": " + asked + "}").getDetail());
        Optional.ofNullable(event.getDetail())
                .map(said -> said.get("requestId"))
                .ifPresent(requestId -> detail.put("requestId", requestId));
        return event.withDetail(detail);
    }
}
