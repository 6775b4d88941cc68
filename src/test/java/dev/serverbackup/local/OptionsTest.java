package dev.serverbackup.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing that a user sets is silently ignored. */
class OptionsTest {
    private static final Set<String> KNOWN = Set.of("server", "since", "open", "dynamodb.endpoint");

    @Test
    void an_option_that_nobody_set_is_absent() {
        Options options = options("--given={}", "--server=", "--open=", "--since=2026-11-20");

        assertThat(options.given("server")).isEmpty();
        assertThat(options.isOn("open")).isFalse();
        assertThat(options.text("since")).isEqualTo("2026-11-20");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {sinse=2026-11-20}                  | there is no option -Dsinse here; did you mean -Dsince?
        {server=alpha, opne=true}           | there is no option -Dopne here; did you mean -Dopen?
        {dynamodb.endpont=http://127.0.0.1} | there is no option -Ddynamodb.endpont here; did you mean -Ddynamodb.endpoint?
        {speed=60}                          | there is no option -Dspeed here; there are -Ddynamodb.endpoint, -Dopen, -Dserver, -Dsince
        {server=}                           | -Dserver= has no value
        """)
    void what_the_user_set_is_refused_if_it_would_be_ignored(String given, String message) {
        assertThatThrownBy(() -> options("--given=" + given, "--server="))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{maven.repo.local=/tmp/m2}", "{skipTests=true}", "{style.color=never}", "{server=a=b, c}"})
    void what_mavens_own_plugins_read_is_theirs(String given) {
        assertThat(options("--given=" + given, "--server=alpha").text("server")).isEqualTo("alpha");
    }

    @Test
    void an_option_without_its_value_is_not_taken_for_true() {
        assertThatThrownBy(() -> options("--server=true").given("server"))
                .hasMessage("-Dserver needs a value: -Dserver=…");
    }

    @ParameterizedTest
    @ValueSource(strings = {"maybe", "yes", "TRUE"})
    void a_switch_is_on_or_off(String text) {
        assertThatThrownBy(() -> options("--open=" + text).isOn("open"))
                .hasMessage("-Dopen is a switch: -Dopen alone, or true or false, not \"%s\"", text);
    }

    private static Options options(String... arguments) {
        return Options.of(KNOWN, arguments);
    }
}
