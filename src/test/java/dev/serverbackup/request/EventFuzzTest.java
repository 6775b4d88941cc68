package dev.serverbackup.request;

import static dev.serverbackup.Legible.assertLegible;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** Any payload of an invocation. */
@Timeout(value = 10, threadMode = ThreadMode.SEPARATE_THREAD)
class EventFuzzTest {
    private static final int LONGEST_MESSAGE = 1_000;

    @DictionaryFile(resourcePath = "event.dict")
    @FuzzTest
    void an_event_is_a_request_or_is_refused_legibly(byte[] payload) throws IOException {
        try {
            Event event = Event.read(new ByteArrayInputStream(payload));
            assertSoundRequest(event, SampleEvents.read(event));
        } catch (InvalidRequestException refused) {
            assertLegible(refused.getMessage(), LONGEST_MESSAGE);
        }
    }

    private static void assertSoundRequest(Event event, BackupRequest request) {
        assertThat(request.backupDescription()).hasSizeLessThanOrEqualTo(BackupRequest.MAX_DESCRIPTION);
        assertThat(request.backupDescription()).endsWith(" [run " + request.runId() + "]");
        assertThat(request.maxTargets()).isBetween(1, BackupRequest.MAX_TARGETS);
        assertLegible(request.requestedBy().source(), 256);
        assertThat(SampleEvents.read(sayingAgain(request.asked(), event))).isEqualTo(request);
    }

    /**
     * The event with its detail replaced by the canonical text of what it asked, which does not hold the request id.
     */
    private static Event sayingAgain(String asked, Event event) {
        Map<String, Object> detail = new HashMap<>(
                SampleEvents.decoded("{\"detail\": " + asked + "}").detail());
        Optional.ofNullable(event.detail().get("requestId")).ifPresent(requestId -> detail.put("requestId", requestId));
        return SampleEvents.withDetail(detail, event);
    }
}
