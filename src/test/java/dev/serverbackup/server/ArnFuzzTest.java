package dev.serverbackup.server;

import static dev.serverbackup.Legible.assertLegible;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.serverbackup.request.ServerName;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** Any ARN that the tagging API might list. */
@Timeout(value = 120, threadMode = ThreadMode.SEPARATE_THREAD)
class ArnFuzzTest {
    @DictionaryEntries({"arn:aws-us-gov:opsworks-cm:", ":123456789012:server/", ":123456789012:backup/"})
    @FuzzTest
    void an_arn_is_that_of_one_server_or_is_skipped_legibly(byte[] bytes) {
        String arn = new String(bytes, StandardCharsets.UTF_8);
        Targets targets = SampleFleet.select(SampleFleet.ALL, new TaggedResource(arn, SampleFleet.NIGHTLY));
        String name = NaiveSelection.serverName(arn);

        if (name.isEmpty()) {
            assertThat(targets.servers()).isEmpty();
            assertThat(targets.skipped())
                    .singleElement()
                    .extracting(SkippedResource::reason)
                    .isIn(TargetSelection.NOT_A_SERVER, TargetSelection.NOT_A_SERVER_NAME);
            assertLegible(targets.skipped().getFirst().resource(), 200);
        } else {
            assertThat(targets.servers())
                    .containsExactly(new Server(new ServerName(name), Optional.of(arn), SampleFleet.NIGHTLY));
            assertThat(targets.skipped()).isEmpty();
        }
        assertThat(targets.excluded()).isEmpty();
        assertThat(SampleFleet.select(SampleFleet.ALL, new TaggedResource(arn, Map.of())))
                .isEqualTo(SampleFleet.nothing());
    }
}
