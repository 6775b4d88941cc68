package dev.serverbackup.request;

import static dev.serverbackup.Legible.assertLegible;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** Any text where a name is expected, against a second reading of the allowed forms, character by character. */
@Timeout(value = 120, threadMode = ThreadMode.SEPARATE_THREAD)
class NamesFuzzTest {
    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final String DIGITS = "0123456789";

    @DictionaryEntries({"arn:aws:events:eu-central-1:123456789012:rule/", "dry-run@", "@2026-11-22T02:00:00Z"})
    @FuzzTest
    void a_name_is_of_the_allowed_form_or_is_refused(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);

        assertThat(ServerName.parse(text).isPresent()).isEqualTo(isServerName(text));
        assertThat(RunId.isRequestId(text)).isEqualTo(consistsOf(text, 80, LETTERS + DIGITS + "._:-"));
        assertThat(RunId.ofEvent(text).isPresent()).isEqualTo(consistsOf(text, 100, LETTERS + DIGITS + "._:-"));
        assertThat(RunId.ofDryRun(text).value()).startsWith("dry-run@").hasSizeLessThanOrEqualTo(72);
        assertRunId(text);
        assertRule(text);
    }

    private static void assertRunId(String text) {
        if (consistsOf(text, 100, LETTERS + DIGITS + "._:@-")) {
            assertThat(new RunId(text)).hasToString(text);
        } else {
            assertThatIllegalArgumentException().isThrownBy(() -> new RunId(text));
        }
    }

    /** A rule's own event, with the text as the rule's ARN. */
    private static void assertRule(String arn) {
        var event = SampleEvents.fromTheSchedule().withResources(List.of(arn));
        try {
            String rule = arn.substring(arn.lastIndexOf('/') + 1);
            assertThat(SampleEvents.read(event).runId()).hasToString(rule + "@2026-11-22T02:00:00Z");
            assertThat(arn).startsWith("arn:").contains(":events:", ":rule/");
        } catch (InvalidRequestException refused) {
            assertLegible(refused.getMessage(), 1_000);
        }
    }

    private static boolean isServerName(String text) {
        return consistsOf(text, 40, LETTERS + DIGITS + "-") && LETTERS.indexOf(text.charAt(0)) >= 0;
    }

    private static boolean consistsOf(String text, int atMost, String allowed) {
        return !text.isEmpty() && text.length() <= atMost && text.chars().allMatch(each -> allowed.indexOf(each) >= 0);
    }
}
