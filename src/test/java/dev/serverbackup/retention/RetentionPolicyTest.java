package dev.serverbackup.retention;

import static dev.serverbackup.InMemoryApplication.policy;
import static dev.serverbackup.retention.RetentionRule.Every.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetentionPolicyTest {
    private static final String ALLOWED =
            "allowed is a whole number from 0 to 1000, or any of last, daily, weekly, monthly and yearly, each once"
                    + " with a number from 1 to 1000, such as \"last 7, daily 14, weekly 8, monthly 12, yearly 3\"";

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 1000})
    void a_plain_number_keeps_the_last(int backups) {
        assertThat(RetentionRule.parse(String.valueOf(backups))).containsExactly(new RetentionRule(LAST, backups));
    }

    @Test
    void each_rule_is_a_word_and_a_number() {
        assertThat(RetentionRule.parse("last 7, daily 14, weekly 8, monthly 12, yearly 3"))
                .containsExactly(
                        new RetentionRule(LAST, 7),
                        new RetentionRule(DAILY, 14),
                        new RetentionRule(WEEKLY, 8),
                        new RetentionRule(MONTHLY, 12),
                        new RetentionRule(YEARLY, 3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"yearly 3,daily 14", " yearly 3 , daily  14 "})
    void some_rules_in_any_order_with_blanks_between_them_are_enough(String text) {
        assertThat(RetentionRule.parse(text))
                .isEqualTo(List.of(new RetentionRule(YEARLY, 3), new RetentionRule(DAILY, 14)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`` | `\"\" is not a rule`",
                "`  ` | `\"\" is not a rule`",
                "1001 | `\"1001\" is too many`",
                "-1 | `\"-1\" is not a rule`",
                "daily | `\"daily\" is not a rule`",
                "daily14 | `\"daily14\" is not a rule`",
                "14 daily | `\"14 daily\" is not a rule`",
                "Daily 14 | `\"Daily 14\" is not a rule`",
                "daily 0 | `\"daily 0\" is not a rule`",
                "daily -1 | `\"daily -1\" is not a rule`",
                "daily 1.5 | `\"daily 1.5\" is not a rule`",
                "daily 1001 | `\"daily 1001\" is not a rule`",
                "daily 99999999999 | `\"daily 99999999999\" is not a rule`",
                "`last 7, hourly 24` | `\"hourly 24\" is not a rule`",
                "`last 7,` | `\"\" is not a rule`",
                "`7, daily 14` | `\"7\" is not a rule`",
                "`daily 7, last 1, daily 14` | `\"daily 7, last 1, daily 14\" has daily more than once`",
            })
    void anything_else_is_refused_with_what_is_wrong_and_what_is_allowed(String text, String wrong) {
        assertThatThrownBy(() -> RetentionRule.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(wrong + "; " + ALLOWED);
    }

    @Test
    void without_a_rule_it_is_off() {
        assertThat(policy("0").isOff()).isTrue();
        assertThat(policy("daily 1").isOff()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"Europe/Berlin, Europe/Berlin", "Etc/GMT+5, Etc/GMT+5", "UTC, UTC", "'', UTC"})
    void a_zone_is_known_by_its_name_of_iana_and_none_is_utc(String name, ZoneId zone) {
        assertThat(RetentionPolicy.zone(name)).isEqualTo(zone);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Europe/Atlantis", "CEST", "+02:00", "europe/berlin", " "})
    void another_name_is_refused(String name) {
        assertThatThrownBy(() -> RetentionPolicy.zone(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("\"" + name + "\" is not a known time zone; allowed is an IANA name such as Europe/Berlin");
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
        assertThat(policy(rules).longest()).isEqualTo(days);
    }

    @Test
    void the_zone_is_said_where_it_matters() {
        ZoneId berlin = ZoneId.of("Europe/Berlin");

        assertThat(new RetentionPolicy(RetentionRule.parse("last 7, daily 14"), berlin, false).description())
                .isEqualTo("last 7, daily 14 in Europe/Berlin");
        assertThat(new RetentionPolicy(RetentionRule.parse("7"), berlin, false).description())
                .isEqualTo("last 7");
    }
}
