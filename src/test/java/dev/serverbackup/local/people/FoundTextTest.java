package dev.serverbackup.local.people;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.request.RunId;
import dev.serverbackup.request.ServerName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class FoundTextTest {
    private static final Instant NOW = Instant.parse("2026-03-01T02:00:00Z");
    private static final Place PLACE = new Place("audit", Optional.of("eu-central-1"), Optional.empty());
    private static final Question OPEN = new Question.Open();

    @Test
    void nothing_found_says_what_was_sought_and_where() {
        assertThat(text(OPEN))
                .isEqualTo("There is no open row: nothing is left to be done (table audit in eu-central-1).\n");
        assertThat(text(new Question.OfRun(new RunId("nightly"))))
                .isEqualTo("There is no run nightly (table audit in eu-central-1).\n");
        assertThat(text(new Question.OfServer(new ServerName("alpha"), Period.EVER)))
                .isEqualTo("There is no entry of server alpha requested at any time (table audit in eu-central-1).\n");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-03-01T02:00:05Z, 0m 00s",
        "2026-03-01T01:58:55Z, 1m 05s",
        "2026-02-28T23:55:00Z, 2h 05m",
        "2026-02-25T22:00:00Z, 3d 04h",
        "soon,                 -"
    })
    void an_open_row_has_an_age(String requestedAt, String age) {
        String first = "  %-" + Math.max("AGE".length(), age.length()) + "s  ";

        assertThat(text(OPEN, row("requestedAt", requestedAt)))
                .isEqualTo(first.formatted("AGE") + "NEXT ACTION  STATUS  ATTEMPTS  SERVER  RUN  LAST ERROR\n"
                        + first.formatted(age) + "-            -       -         -       -    -\n");
    }

    @ParameterizedTest
    @CsvSource({
        "deletedAt,  (deleted 2026-03-09T02:00:00.000Z)",
        "deletingAt, (being deleted since 2026-03-09T02:00:00.000Z)"
    })
    void a_backup_that_is_gone_does_not_pass_for_a_good_one(String attribute, String note) {
        Item gone = new Item(Map.of(
                "entry",
                s("server#alpha"),
                "status",
                s("SUCCEEDED"),
                "backup",
                AttributeValue.fromM(Map.of("BackupId", s("alpha-1"))),
                attribute,
                s("2026-03-09T02:00:00.000Z")));

        assertThat(text(new Question.OfServer(new ServerName("alpha"), Period.EVER), gone)
                        .lines()
                        .skip(1))
                .containsExactly("  -          SUCCEEDED  -         -         -    alpha-1 " + note + "  -");
        assertThat(text(new Question.OfRun(new RunId("nightly")), gone).lines().skip(1))
                .containsExactly("  -       SUCCEEDED  -         -        -         alpha-1 " + note + "  -");
    }

    @Test
    void a_server_is_shown_with_what_its_owner_calls_it() {
        Item instance = new Item(Map.of(
                "entry",
                s("server#i-01234567"),
                "serverName",
                s("i-01234567"),
                "tags",
                AttributeValue.fromM(Map.of("Name", s("wi\nki"), "Backup", s("nightly")))));

        assertThat(text(OPEN, instance)).isEqualTo("""
              AGE  NEXT ACTION  STATUS  ATTEMPTS  SERVER                   RUN  LAST ERROR
              -    -            -       -         i-01234567 (wi\\u000Aki)  -    -
            """);
        assertThat(text(new Question.OfServer(new ServerName("i-01234567"), Period.EVER), instance))
                .isEqualTo("""
                    i-01234567 (wi\\u000Aki)

                      REQUESTED  STATUS  ATTEMPTS  FINISHED  RUN  BACKUP  ERROR
                      -          -       -         -         -    -       -
                    """);
    }

    @Test
    void a_value_can_neither_break_a_line_nor_command_the_terminal() {
        Item hostile = row("serverName", "a\u001B[31m\n\u202E\u0085\u2028b");

        assertThat(text(OPEN, hostile)).isEqualTo("""
              AGE  NEXT ACTION  STATUS  ATTEMPTS  SERVER                                RUN  LAST ERROR
              -    -            -       -         a\\u001B[31m\\u000A\\u202E\\u0085\\u2028b  -    -
            """);
    }

    @Test
    void a_long_value_is_cut() {
        assertThat(text(OPEN, row("runId", "x".repeat(300))).lines().skip(1))
                .containsExactly("  -    -            -       -         -       " + "x".repeat(119) + "…  -");
    }

    @Test
    void a_row_that_somebody_wrote_by_hand_is_shown_as_far_as_it_goes() {
        Item strange = new Item(Map.of(
                "runId", s("nightly"),
                "entry", s("server#alpha"),
                "status", AttributeValue.fromM(Map.of("is", s("odd"))),
                "error", s("what?"),
                "requestedAt", AttributeValue.fromN("7")));

        assertThat(text(OPEN, strange)).isEqualTo("""
              AGE  NEXT ACTION  STATUS        ATTEMPTS  SERVER  RUN      LAST ERROR
              -    -            {"is":"odd"}  -         -       nightly  -
            """);
    }

    @Test
    void more_than_was_wanted_is_noted() {
        assertThat(FoundText.of(OPEN, new Found(List.of(row("runId", "r")), true), PLACE, NOW))
                .isEqualTo("""
                      AGE  NEXT ACTION  STATUS  ATTEMPTS  SERVER  RUN  LAST ERROR
                      -    -            -       -         -       r    -
                    There are more: these are the first 1 rows. -Dlimit=… shows others, up to 10000.
                    """);
    }

    private static Item row(String name, String value) {
        return new Item(Map.of("entry", s("server#alpha"), name, s(value)));
    }

    private static String text(Question question, Item... rows) {
        return FoundText.of(question, new Found(List.of(rows), false), PLACE, NOW);
    }

    private static AttributeValue s(String value) {
        return AttributeValue.fromS(value);
    }
}
