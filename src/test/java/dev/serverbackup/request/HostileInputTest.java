package dev.serverbackup.request;

import static dev.serverbackup.request.SampleEvents.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import java.math.BigInteger;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever is sent is answered, in a short message. An invocation's payload has at most 6 MB: what takes the square of that never ends. */
@Timeout(120)
class HostileInputTest {
    private static final int PAYLOAD = 6_000_000;

    @Test
    void nesting_as_deep_as_the_runtime_reads_is_refused() {
        String deep = "{\"tags\": {\"a\": " + "[".repeat(900) + "]".repeat(900) + "}}";

        assertRefusedBriefly(decoded(onTheBus("{\"selector\": " + deep + "}")));
    }

    @Test
    void as_many_properties_as_a_payload_holds_are_refused() {
        Map<String, Object> many = new HashMap<>();
        for (int each = 0; each < PAYLOAD / 20; each++) {
            many.put("property" + each, List.of());
        }

        assertRefusedBriefly(invokedWith(many));
        assertRefusedBriefly(invokedWith(selecting(many)));
        assertRefusedBriefly(invokedWith(selecting(Map.of("tags", many))));
    }

    @Test
    void a_million_values_are_refused() {
        List<String> values = Collections.nCopies(1_000_000, "x");

        assertRefusedBriefly(invokedWith(selecting(tags("Backup", values))));
        assertRefusedBriefly(invokedWith(selecting(Map.of("serverNames", values))));
        assertRefusedBriefly(invokedWith(Map.of("requestId", values)));
    }

    @Test
    void a_text_of_megabytes_is_refused() {
        String text = "\u202E".repeat(PAYLOAD);

        assertRefusedBriefly(invokedWith(Map.of(text, text)));
        assertRefusedBriefly(invokedWith(Map.of("requestId", text)));
        assertRefusedBriefly(invokedWith(selecting(text)));
        assertRefusedBriefly(invokedWith(selecting(Map.of(text, text))));
        assertRefusedBriefly(invokedWith(selecting(tags(text, List.of(text)))));
        assertRefusedBriefly(invokedWith(selecting(tags("Backup", List.of(text)))));
        assertRefusedBriefly(invokedWith(selecting(Map.of("serverNames", List.of(text)))));
        assertRefusedBriefly(invokedWith(Map.of("selector", Map.of("all", true), "description", text)));
        assertRefusedBriefly(invokedWith(selecting(Map.of("all", true))).withId(text));
    }

    @Test
    void a_rule_of_megabytes_is_refused() {
        String arn = "arn:aws:events:eu-central-1:123456789012:rule/" + "a/".repeat(PAYLOAD / 2) + "!";

        assertRefusedBriefly(SampleEvents.fromTheSchedule().withResources(List.of(arn)));
    }

    @Test
    void a_number_as_long_as_the_runtime_reads_is_refused() {
        Map<String, Object> detail =
                Map.of("selector", Map.of("all", true), "maxTargets", new BigInteger("9".repeat(1_000)));

        assertRefusedBriefly(invokedWith(detail));
    }

    private static void assertRefusedBriefly(ScheduledEvent event) {
        assertThatThrownBy(() -> read(event))
                .isInstanceOfSatisfying(
                        InvalidRequestException.class,
                        refused -> assertThat(refused.getMessage())
                                .hasSizeLessThan(400)
                                .matches("[\\x20-\\x7E…]+"));
    }
}
