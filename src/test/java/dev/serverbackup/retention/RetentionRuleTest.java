package dev.serverbackup.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetentionRuleTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 50})
    void as_many_as_an_account_may_have_can_be_kept(int backups) {
        assertThat(new RetentionRule(backups, false).keep()).isEqualTo(backups);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 51})
    void no_other_number_can_be(int backups) {
        assertThatThrownBy(() -> new RetentionRule(backups, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("0 to 50 backups may be kept, not " + backups);
    }

    @Test
    void keeping_none_is_off() {
        assertThat(new RetentionRule(0, false).isOff()).isTrue();
        assertThat(new RetentionRule(1, true).isOff()).isFalse();
    }
}
