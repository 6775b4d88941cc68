package dev.serverbackup.backup;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BackupErrorTest {
    private static String kept(String message) {
        return BackupError.known(ErrorType.VALIDATION, message).message();
    }

    @Test
    void a_message_of_2000_characters_is_kept_whole() {
        assertThat(kept("x".repeat(2_000))).isEqualTo("x".repeat(2_000));
    }

    @Test
    void a_longer_one_is_cut_and_says_so() {
        assertThat(kept("x".repeat(2_001))).isEqualTo("x".repeat(1_999) + "…");
        assertThat(kept(kept("x".repeat(9_999)))).isEqualTo("x".repeat(1_999) + "…");
    }

    @Test
    void no_character_is_cut_in_half() {
        assertThat(kept("x".repeat(1_998) + "😀xx")).isEqualTo("x".repeat(1_998) + "…");
        assertThat(kept("x".repeat(1_998) + "😀")).isEqualTo("x".repeat(1_998) + "😀");
    }

    @Test
    void half_a_character_is_replaced() {
        assertThat(kept("a\ud800b\udc00")).isEqualTo("a\ufffdb\ufffd");
    }

    @Test
    void after_the_start_window_the_last_sentence_goes_on_with_why_there_is_no_other_attempt() {
        assertThat(BackupError.known(ErrorType.INVALID_STATE, "It is in state FAILED.")
                        .atWindowEnd()
                        .message())
                .isEqualTo("It is in state FAILED; not tried again: the start window closed");
    }

    @Test
    void control_characters_are_kept() {
        assertThat(kept("\0\n\u202e")).isEqualTo("\0\n\u202e");
    }
}
