package dev.serverbackup.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serverbackup.audit.Run;
import dev.serverbackup.audit.RunStatus;
import dev.serverbackup.cli.InProcess;
import dev.serverbackup.local.dynamodb.LocalDynamoDb;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Each question as a person asks it, and what is answered from rows that the application itself wrote. */
class QuestionsIT {
    private static final String NOW = "2026-03-04T04:05:00Z";
    private static final String HOSTILE = "no room\u001B[2J\n\u202E\u007F";

    private static LocalDynamoDb local;

    /**
     * Three nights: the schedule's on the 2nd and the 3rd, a release on the 4th. Delta never had a good backup, and alpha's
     * first one was deleted. A week before the last night, a rule and a schedule of EventBridge Scheduler ran.
     */
    @BeforeAll
    static void start() {
        local = LocalDynamoDb.start("unused");
        AuditedRows rows = AuditedRows.in(local, "audit");
        for (String scheduled : List.of("sched@2026-02-25T02:00:00Z", "schedule-2026-02-25T02:00:00Z")) {
            Run before = rows.run(scheduled, "2026-02-25T02:00:00Z");
            rows.finished(before, RunStatus.SUCCEEDED, Map.of());
        }
        rows.twoNights(HOSTILE);

        rows.run("release-4711", "2026-03-04T02:00:00Z", "alpha");
        rows.failed("release-4711", "alpha", "2026-03-04T02:00:00Z", "no room");
    }

    @AfterAll
    static void stop() {
        local.close();
    }

    private static InProcess ask(String... arguments) {
        return askOf("audit", arguments);
    }

    private static InProcess askOf(String table, String... arguments) {
        Stream<String> place = Stream.of("--table=" + table, "--endpoint=" + local.endpoint());
        return InProcess.run(NOW, Stream.concat(Stream.of(arguments), place).toArray(String[]::new));
    }

    private static void assertAnswer(InProcess answer, int code, String out) {
        assertThat(answer.out())
                .isEqualTo(out.replace("ENDPOINT", local.endpoint().toString()));
        assertThat(answer.err()).isEmpty();
        assertThat(answer.code()).isEqualTo(code);
    }

    @Test
    void a_server_shows_its_last_good_backup_that_still_exists_and_its_history() {
        assertAnswer(ask("server", "alpha"), 0, """
              server            alpha
              last good backup  alpha-1
              finished          2026-03-03T02:01:00.000Z, 1d 02h ago

              REQUESTED                 STATUS     ATTEMPTS  FINISHED                  RUN                         BACKUP                                      VERIFIED  ERROR
              2026-03-04T02:00:00.000Z  FAILED     0         2026-03-04T02:00:02.000Z  release-4711                -                                           -         LimitExceededException: no room
              2026-03-03T02:00:00.000Z  SUCCEEDED  1         2026-03-03T02:01:00.000Z  sched@2026-03-03T02:00:00Z  alpha-1                                     -         -
              2026-03-02T02:00:00.000Z  SUCCEEDED  1         2026-03-02T02:01:00.000Z  sched@2026-03-02T02:00:00Z  alpha-1 (deleted 2026-03-03T02:10:00.000Z)  -         -
            """);
    }

    @Test
    void a_server_without_a_good_backup_or_that_the_audit_does_not_know_is_wrong() {
        assertThat(ask("server", "delta").code()).isEqualTo(1);
        assertThat(ask("server", "delta").out()).startsWith("""
              server            delta
              last good backup  none that still exists
            """);
        assertAnswer(ask("server", "zulu"), 1, """
              server            zulu
              last good backup  none that still exists

            There is no entry of server zulu requested at any time (table audit at ENDPOINT).
            """);
    }

    @Test
    void a_run_shows_what_it_was_asked_whom_it_left_out_and_its_entries() {
        assertAnswer(ask("run", "release-4711"), 1, """
              run        release-4711
              status     RUNNING
              requested  2026-03-04T02:00:00.000Z
              by         acme.release-pipeline
              request    {"all":true,"description":"before release 4711"}
              targets    1
              entries    -
              backend    opsworks-cm
              selector   {"all":true,"excludeTags":{"BackupHold":[]}}
              excluded   1
                         charlie: excluded by tag BackupHold
              skipped    0

              SERVER  STATUS  ATTEMPTS  STARTED  FINISHED                  BACKUP  ERROR
              alpha   FAILED  0         -        2026-03-04T02:00:02.000Z  -       LimitExceededException: no room
            """);
    }

    @Test
    void failures_are_wrong_and_none_of_their_text_is_obeyed_by_a_terminal() {
        assertAnswer(ask("failed", "--until", "2026-03-03"), 1, """
              REQUESTED                 SERVER  ATTEMPTS  FINISHED                  RUN                         ERROR
              2026-03-02T02:00:00.000Z  delta   0         2026-03-02T02:00:02.000Z  sched@2026-03-02T02:00:00Z  \
            LimitExceededException: no room\\u001B[2J\\u000A\\u202E\\u007F
            """);
        assertAnswer(ask("failed", "--since", "2026-03-05", "--until", "2026-03-06"), 0, """
            There is no failed entry requested from 2026-03-05T00:00:00Z to 2026-03-06T23:59:59.999Z (table audit at ENDPOINT).
            """);
    }

    @Test
    void runs_are_listed_by_day() {
        assertAnswer(ask("runs"), 0, """
              REQUESTED                 STATUS            TARGETS  RUN                         ENTRIES
              2026-03-02T02:00:00.000Z  PARTIALLY_FAILED  3        sched@2026-03-02T02:00:00Z  1 FAILED, 2 SUCCEEDED
              2026-03-03T02:00:00.000Z  SUCCEEDED         1        sched@2026-03-03T02:00:00Z  1 SUCCEEDED
              2026-03-04T02:00:00.000Z  RUNNING           1        release-4711                -
            """);
    }

    @Test
    void what_is_open_has_an_age() {
        assertThat(ask("open").out())
                .containsPattern(" AGE +NEXT ACTION +STATUS +ATTEMPTS +SERVER +RUN +LAST ERROR\n")
                .containsPattern(" 2h 05m +2026-03-04T02:00:00.000Z +RUNNING +- +\\(the run\\) +release-4711 +-\n");
        assertThat(ask("open").code()).isZero();
    }

    @Test
    void overdue_servers_are_named_with_their_last_good_backup_those_never_backed_up_included() {
        assertAnswer(ask("overdue", "--hours", "48"), 1, """
              SERVER  FINISHED                  AGE     LAST GOOD BACKUP
              delta   -                         -       never
              bravo   2026-03-02T02:01:00.000Z  2d 02h  bravo-1

            2 of the 3 targets of the last 4 weeks have had no good backup for 48 hours.
            """);
        assertThat(ask("overdue", "--hours", "24").out().lines().skip(1).limit(3))
                .extracting(line -> line.strip().replaceFirst(" .*", ""))
                .containsExactly("delta", "bravo", "alpha");
    }

    @Test
    void excluded_servers_are_named_since_the_first_run_without_them() {
        assertAnswer(ask("excluded"), 0, """
              SERVER   SINCE                     LAST                      RUNS  STILL  REASON
              charlie  2026-03-02T02:00:00.000Z  2026-03-04T02:00:00.000Z  3     yes    excluded by tag BackupHold
            """);
    }

    @Test
    void deletions_are_listed_by_the_day_of_the_deletion() {
        assertAnswer(ask("deleted", "--since", "2026-03-03"), 0, """
              DELETED                   SERVER  BACKUP   FINISHED                  RUN                         NOT KEPT BY
              2026-03-03T02:10:00.000Z  alpha   alpha-1  2026-03-02T02:01:00.000Z  sched@2026-03-02T02:00:00Z  last 7
            """);
        assertAnswer(ask("deleted", "--until", "2026-03-02"), 0, """
            There is no backup deleted from 2026-02-24T00:00:00Z to 2026-03-02T23:59:59.999Z (table audit at ENDPOINT).
            """);
    }

    @Test
    void who_asked_is_reported_as_far_as_the_event_tells() {
        assertAnswer(ask("who", "release-4711"), 0, """
              run          release-4711
              requested    2026-03-04T02:00:00.000Z
              source       acme.release-pipeline
              detail-type  -
              event id     -
              request      {"all":true,"description":"before release 4711"}

            The caller sets the source of an event; it is not verified.
            Only CloudTrail has the caller's identity, if data events are on: PutEvents, or Invoke of the function, \
            from 2026-03-04T01:45:00Z to 2026-03-04T02:15:00Z.
            """);
    }

    @Test
    void a_night_in_which_a_schedule_did_not_run_is_wrong() {
        assertAnswer(ask("night"), 1, """
              night    from 2026-03-03T04:05:00Z to 2026-03-04T04:05:00Z
              runs     1: 1 RUNNING
              targets  1
              entries  0 succeeded, 0 failed, 1 of runs that are not final
              failed   LimitExceededException: alpha

              REQUESTED                 STATUS   TARGETS  RUN           ENTRIES
              2026-03-04T02:00:00.000Z  RUNNING  1        release-4711  -

            Schedule sched ran in the same hours a week before, and did not run here: is it enabled?
            Schedule schedule ran in the same hours a week before, and did not run here: is it enabled?
            server-backup explain TYPE explains an error type; server-backup failed shows each message.
            """);
    }

    @Test
    void a_night_names_what_is_still_open() {
        AuditedRows rows = AuditedRows.in(local, "unfinished");
        rows.run("release-4712", "2026-03-04T02:00:00Z", "alpha", "bravo");
        rows.pending("release-4712", "alpha", "2026-03-04T02:00:00Z");
        rows.succeeded("release-4712", "bravo", "2026-03-04T02:00:00Z");

        InProcess answer = askOf("unfinished", "night");

        assertThat(answer.out().lines().filter(line -> line.startsWith("  open")))
                .containsExactly("  open     PENDING: alpha");
        assertThat(answer.code()).isZero();
    }

    @Test
    void a_night_in_which_all_went_well_is_not() {
        assertAnswer(ask("night", "2026-03-03"), 0, """
              night    from 2026-03-03T00:00:00Z to 2026-03-03T23:59:59.999Z
              runs     1: 1 SUCCEEDED
              targets  1
              entries  1 succeeded, 0 failed, 0 of runs that are not final

              REQUESTED                 STATUS     TARGETS  RUN                         ENTRIES
              2026-03-03T02:00:00.000Z  SUCCEEDED  1        sched@2026-03-03T02:00:00Z  1 SUCCEEDED
            """);
    }

    @Test
    void a_night_names_slots_that_are_missed_and_that_were_caught_up_and_a_missed_one_is_wrong() {
        AuditedRows rows = AuditedRows.in(local, "slots");
        rows.uncalled("sched@2026-03-03T14:00:00Z", "2026-03-03T14:00:00Z", RunStatus.MISSED);
        rows.uncalled("sched@2026-03-04T02:00:00Z", "2026-03-04T02:31:00Z", RunStatus.NO_TARGETS);

        assertAnswer(askOf("slots", "night"), 1, """
              night      from 2026-03-03T04:05:00Z to 2026-03-04T04:05:00Z
              runs       2: 1 MISSED, 1 NO_TARGETS
              missed     sched@2026-03-03T14:00:00Z
              caught up  sched@2026-03-04T02:00:00Z
              targets    0
              entries    0 succeeded, 0 failed, 0 of runs that are not final

              REQUESTED                 STATUS      TARGETS  RUN                         ENTRIES
              2026-03-03T14:00:00.000Z  MISSED      0        sched@2026-03-03T14:00:00Z  -
              2026-03-04T02:31:00.000Z  NO_TARGETS  0        sched@2026-03-04T02:00:00Z  -

            The schedule's event for sched@2026-03-03T14:00:00Z was not received, and nothing was backed up for it: server-backup explain MISSED.
            The schedule's event for sched@2026-03-04T02:00:00Z was not received: the follow-up started the run at 2026-03-04T02:31:00.000Z.
            """);
        assertThat(askOf("slots", "night", "2026-03-04").code()).isZero();
        assertThat(askOf("slots", "run", "sched@2026-03-03T14:00:00Z").code()).isEqualTo(1);

        assertThat(askOf("slots", "who", "sched@2026-03-03T14:00:00Z").out()).endsWith("""

            The follow-up wrote this run: the schedule's event for its slot was not received in time.
            Its slot was not caught up: no server was backed up. server-backup explain MISSED says more.
            """);
        assertThat(askOf("slots", "who", "sched@2026-03-04T02:00:00Z").out()).endsWith("""

            The follow-up wrote this run: the schedule's event for its slot was not received in time.
            It caught the slot up, with the same request as the event.
            """);
    }

    @Test
    void a_night_in_which_nothing_ran_says_what_ran_last() {
        assertThat(ask("night", "2026-03-05").out())
                .contains("""
                    No run was requested from 2026-03-05T00:00:00Z to 2026-03-05T23:59:59.999Z (table audit at ENDPOINT). \
                    The last one was release-4711, requested 2026-03-04T02:00:00.000Z.
                    """.replace("ENDPOINT", local.endpoint().toString()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"server delta", "run release-4711", "failed", "runs", "open", "deleted"})
    void json_holds_every_attribute_of_each_row(String question) throws IOException {
        JsonNode answer = new ObjectMapper()
                .readTree(ask((question + " --json").split(" ", -1)).out());

        assertThat(answer.get("rows")).isNotEmpty();
        for (JsonNode row : answer.get("rows")) {
            JsonNode stored = stored(row);
            assertThat(stored.properties()).containsAll(row.properties());
            assertThat(question.equals("runs") || row.size() == stored.size()).isTrue();
        }
    }

    @Test
    void csv_is_the_table_alone_or_what_is_known_where_there_is_none() {
        assertThat(ask("who", "release-4711", "--csv").out()).startsWith("fact,value\r\nrun,release-4711\r\n");
        assertThat(ask("runs", "--csv").out().lines())
                .containsExactly(
                        "requested,status,targets,run,entries",
                        "2026-03-02T02:00:00.000Z,PARTIALLY_FAILED,3,sched@2026-03-02T02:00:00Z,\"1 FAILED, 2"
                                + " SUCCEEDED\"",
                        "2026-03-03T02:00:00.000Z,SUCCEEDED,1,sched@2026-03-03T02:00:00Z,1 SUCCEEDED",
                        "2026-03-04T02:00:00.000Z,RUNNING,1,release-4711,");
    }

    @Test
    void more_than_was_wanted_is_noted() {
        assertThat(ask("runs", "--limit", "1").out())
                .endsWith("There are more: these are the first 1 rows. --limit shows others, up to 10000.\n");
    }

    @Test
    void a_table_that_is_not_there_is_no_answer() {
        InProcess answer = askOf("elsewhere", "open");

        assertThat(answer).isEqualTo(new InProcess(3, "", """
            There is no table elsewhere at %s.
            Check the name, the region and the account.
            """.formatted(local.endpoint())));
    }

    private static JsonNode stored(JsonNode row) throws IOException {
        Map<String, AttributeValue> key = Map.of(
                "runId", AttributeValue.fromS(row.get("runId").textValue()),
                "entry", AttributeValue.fromS(row.get("entry").textValue()));
        var item =
                local.client().getItem(get -> get.tableName("audit").key(key)).item();
        return new ObjectMapper().readTree(ItemJson.compact(AttributeValue.fromM(item)));
    }
}
