package dev.serverbackup.request;

import static dev.serverbackup.request.SampleEvents.invokedWith;
import static dev.serverbackup.request.SampleEvents.onTheBus;
import static dev.serverbackup.request.SampleEvents.read;
import static dev.serverbackup.request.SampleEvents.selecting;
import static dev.serverbackup.request.SampleEvents.tags;
import static dev.serverbackup.request.SampleEvents.withId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever is sent is answered soon, in a short message. An invocation's payload has at most 6 MB. */
@Timeout(value = 5, unit = TimeUnit.SECONDS)
class HostileInputTest {
    private static final int PAYLOAD = 6_000_000;

    @Test
    void a_selector_may_be_nested_without_end() {
        Map<String, Object> endless = new HashMap<>();
        endless.put("tags", endless);

        assertRefusedBriefly(invokedWith(selecting(endless)));
    }

    @Test
    void a_payload_of_nothing_but_brackets_is_refused() {
        assertRefusedBriefly("[".repeat(PAYLOAD));
        assertRefusedBriefly(onTheBus("{\"selector\": " + "{\"a\":".repeat(PAYLOAD / 5)));
    }

    @Test
    void a_million_properties_are_refused_at_the_first() {
        Map<String, Object> many = new HashMap<>();
        for (int each = 0; each < 1_000_000; each++) {
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
        assertRefusedBriefly(withId(text, invokedWith(selecting(Map.of("all", true)))));
    }

    @Test
    void a_rule_of_megabytes_is_refused() {
        String arn = "arn:aws:events:eu-central-1:123456789012:rule/" + "a/".repeat(PAYLOAD / 2) + "!";

        assertRefusedBriefly(SampleEvents.withResources(List.of(arn), SampleEvents.fromTheSchedule()));
    }

    @Test
    void a_number_of_megabytes_is_refused_unprinted() {
        Map<String, Object> detail =
                Map.of("selector", Map.of("all", true), "maxTargets", BigInteger.ONE.shiftLeft(PAYLOAD));

        assertRefusedBriefly(invokedWith(detail));
    }

    private static void assertRefusedBriefly(Event event) {
        assertRefusedBriefly(() -> read(event));
    }

    private static void assertRefusedBriefly(String payload) {
        assertRefusedBriefly(() -> Event.parse(payload));
    }

    private static void assertRefusedBriefly(ThrowingCallable reading) {
        assertThatThrownBy(reading)
                .isInstanceOfSatisfying(
                        InvalidRequestException.class,
                        refused -> assertThat(refused.getMessage())
                                .hasSizeLessThan(400)
                                .matches("[\\x20-\\x7E…]+"));
    }
}
