package dev.serverbackup.local.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serverbackup.local.Options;
import dev.serverbackup.request.RunId;
import dev.serverbackup.request.ServerName;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AskedTest {
    private static final LocalDate TODAY = LocalDate.parse("2026-11-22");

    @Test
    void a_server_is_asked_for_by_its_name() {
        assertThat(asked("--server=alpha"))
                .isEqualTo(new Asked(new Question.OfServer(new ServerName("alpha"), Period.EVER), false, 200));
    }

    @Test
    void a_run_is_asked_for_by_its_id() {
        assertThat(asked("--run=schedule@2026-11-22T02:00:00Z").question())
                .isEqualTo(new Question.OfRun(new RunId("schedule@2026-11-22T02:00:00Z")));
    }

    @Test
    void failures_and_runs_of_the_last_seven_days_are_asked_for_by_a_switch() {
        Period lastDays = new Period(Instant.parse("2026-11-16T00:00:00Z"), Instant.parse("2026-11-22T23:59:59.999Z"));

        assertThat(asked("--failed=true").question()).isEqualTo(new Question.Failed(lastDays));
        assertThat(asked("--runs=true").question()).isEqualTo(new Question.Runs(lastDays));
    }

    @Test
    void what_is_open_is_asked_for_by_a_switch() {
        assertThat(asked("--open=true", "--json=true", "--limit=7")).isEqualTo(new Asked(new Question.Open(), true, 7));
    }

    @Test
    void what_nobody_set_counts_as_not_given() {
        assertThat(asked("--server=", "--run=", "--failed=", "--runs=false", "--open=true", "--since=", "--limit="))
                .isEqualTo(new Asked(new Question.Open(), false, 200));
    }

    @Test
    void nothing_asked_is_not_clear() {
        assertThatThrownBy(() -> asked("--json=true"))
                .isInstanceOf(UnclearException.class)
                .hasMessage("Nothing was asked.");
    }

    @Test
    void two_questions_at_once_are_not_clear() {
        assertThatThrownBy(() -> asked("--server=alpha", "--open=true"))
                .isInstanceOf(UnclearException.class)
                .hasMessage("One question at a time, not -Dserver, -Dopen.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        --server=9lives  | -Dserver is a name of 1 to 40 letters, digits and hyphens, a letter first, not "9lives"
        --run=a b        | -Drun is 1 to 100 of A-Z a-z 0-9 . _ : @ -, not "a b"
        --failed=maybe   | -Dfailed is a switch: -Dfailed alone, or true or false, not "maybe"
        --limit=0        | -Dlimit is a number of rows, 1 to 10000, not "0"
        --limit=10001    | -Dlimit is a number of rows, 1 to 10000, not "10001"
        --limit=all      | -Dlimit is a number of rows, 1 to 10000, not "all"
        --json=yes       | -Djson is a switch: -Djson alone, or true or false, not "yes"
        --server=true    | -Dserver needs a value: -Dserver=…
        --run=true       | -Drun needs a value: -Drun=…
        --json=maybe     | -Djson is a switch: -Djson alone, or true or false, not "maybe"
        --sinse=2026     | there is no option -Dsinse here; did you mean -Dsince?
        --since=2026     | -Dsince and -Duntil go with -Dserver, -Dfailed and -Druns, not with -Dopen
        """)
    void what_an_option_may_be_is_said(String option, String message) {
        String open = option.matches("--(limit|json|since|sinse).*") ? "--open=true" : "--open=";

        assertThatThrownBy(() -> asked(option, open))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void a_refusal_can_not_break_the_terminal() {
        assertThatThrownBy(() -> asked("--server=\u001B[2J\n")).hasMessageEndingWith("not \"\\u001B[2J\\u000A\"");
    }

    private static Asked asked(String... arguments) {
        return Asked.read(Options.of(AskAudit.OPTIONS, arguments), TODAY);
    }
}
