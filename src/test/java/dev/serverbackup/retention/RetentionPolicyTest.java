package dev.serverbackup.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetentionPolicyTest {
    @Test
    void without_a_rule_it_is_off() {
        assertThat(RetentionPolicy.OFF.isOff()).isTrue();
        assertThat(RetentionScene.policy("daily 1").isOff()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Europe/Berlin", "America/New_York", "Etc/GMT+5", "UTC"})
    void a_zone_is_known_by_its_name_of_iana(String name) {
        assertThat(RetentionPolicy.zone(name)).isEqualTo(ZoneId.of(name));
    }

    @Test
    void no_zone_is_utc() {
        assertThat(RetentionPolicy.zone("")).isEqualTo(ZoneId.of("UTC"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Europe/Atlantis", "CEST", "+02:00", "europe/berlin", " "})
    void another_name_is_refused(String name) {
        assertThatThrownBy(() -> RetentionPolicy.zone(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("\"" + name
                        + "\" is no time zone that is known; allowed is an IANA name such as Europe/Berlin");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | 0",
                "50 | 0",
                "daily 14 | 14",
                "weekly 8 | 56",
                "monthly 12 | 372",
                "last 7, yearly 3, monthly 12 | 1098"
            })
    void the_rule_that_reaches_back_furthest_says_for_how_many_days_a_backup_may_be_kept(String rules, int days) {
        assertThat(RetentionScene.policy(rules).longest()).isEqualTo(days);
    }

    @Test
    void the_zone_is_said_where_it_matters() {
        ZoneId berlin = ZoneId.of("Europe/Berlin");

        assertThat(new RetentionPolicy(RetentionRule.parse("last 7, daily 14"), berlin, false).inWords())
                .isEqualTo("last 7, daily 14 in Europe/Berlin");
        assertThat(new RetentionPolicy(RetentionRule.parse("7"), berlin, false).inWords())
                .isEqualTo("last 7");
    }
}
