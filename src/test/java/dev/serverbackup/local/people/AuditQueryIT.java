package dev.serverbackup.local.people;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.audit.AttemptId;
import dev.serverbackup.audit.Entry;
import dev.serverbackup.audit.EntryStatus;
import dev.serverbackup.audit.Run;
import dev.serverbackup.audit.RunStatus;
import dev.serverbackup.local.Options;
import dev.serverbackup.local.dynamodb.LocalDynamoDb;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** Every question is answered from rows that the application itself wrote. */
class AuditQueryIT {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-12-01T00:00:00Z"));
    private static LocalDynamoDb local;

    private AuditedRows rows;
    private AuditReader reader;

    @BeforeAll
    static void start() {
        local = LocalDynamoDb.start("unused");
    }

    @AfterAll
    static void stop() {
        local.close();
    }

    @BeforeEach
    void table(TestInfo test) {
        rows = AuditedRows.in(local, test.getTestMethod().orElseThrow().getName());
        reader = new AuditReader(local.client(), rows.table(), CLOCK);
    }

    @Test
    void a_server_shows_its_entries_newest_first() {
        rows.succeeded("monday", "alpha", "2026-03-02T02:00:00Z");
        rows.failed("tuesday", "alpha", "2026-03-03T02:00:00Z", "no room");
        rows.pending("tuesday", "bravo", "2026-03-03T02:00:00Z");

        assertThat(found("--server=alpha")).containsExactly("tuesday server#alpha", "monday server#alpha");
    }

    @Test
    void between_two_milliseconds_there_is_nothing() {
        rows.run("nightly", "2026-03-02T02:00:00Z", "alpha");
        rows.failed("nightly", "alpha", "2026-03-02T02:00:00Z", "no room");

        for (String question : List.of("--server=alpha", "--failed=true", "--runs=true")) {
            assertThat(found(question, "--since=2026-03-02T02:00:00.0001Z", "--until=2026-03-02T02:00:00.0001Z"))
                    .as(question)
                    .isEmpty();
        }
    }

    @Test
    void a_period_includes_both_its_ends() {
        rows.pending("before", "alpha", "2026-03-01T23:59:59.999Z");
        rows.pending("first", "alpha", "2026-03-02T00:00:00Z");
        rows.pending("last", "alpha", "2026-03-03T02:00:00.500Z");
        rows.pending("after", "alpha", "2026-03-03T02:00:00.501Z");

        assertThat(found("--server=alpha", "--since=2026-03-02", "--until=2026-03-03T02:00:00.500Z"))
                .containsExactly("last server#alpha", "first server#alpha");
    }

    @Test
    void a_run_shows_its_row_and_its_entries_by_name() {
        rows.run("monday", "2026-03-02T02:00:00Z", "alpha", "bravo");
        rows.failed("monday", "bravo", "2026-03-02T02:00:00Z", "no room");
        rows.succeeded("monday", "alpha", "2026-03-02T02:00:00Z");
        rows.run("tuesday", "2026-03-03T02:00:00Z");

        assertThat(found("--run=monday")).containsExactly("monday run", "monday server#alpha", "monday server#bravo");
    }

    @Test
    void failures_are_shown_day_by_day() {
        rows.failed("too-late", "alpha", "2026-03-04T10:00:00.001Z", "no room");
        rows.failed("second", "alpha", "2026-03-04T02:00:00Z", "no room");
        rows.failed("first", "bravo", "2026-03-02T02:00:00Z", "no room");
        rows.failed("too-early", "alpha", "2026-03-02T01:59:59.999Z", "no room");
        rows.succeeded("first", "alpha", "2026-03-02T02:00:00Z");

        assertThat(found("--failed=true", "--since=2026-03-02T02:00:00Z", "--until=2026-03-04T10:00:00Z"))
                .containsExactly("first server#bravo", "second server#alpha");
    }

    @Test
    void runs_of_the_last_seven_days_are_shown_day_by_day() {
        rows.run("today", "2026-03-08T02:00:00Z");
        rows.run("six-days-ago", "2026-03-02T00:00:00Z");
        rows.run("seven-days-ago", "2026-03-01T23:59:59.999Z");
        rows.pending("today", "alpha", "2026-03-08T02:00:00Z");

        assertThat(found("--runs=true")).containsExactly("six-days-ago run", "today run");
    }

    @Test
    void what_is_open_is_shown_oldest_first() {
        rows.run("new", "2026-03-08T02:00:00Z", "alpha");
        Entry waiting = rows.pending("old", "alpha", "2026-03-02T02:00:00Z");
        rows.trail().replace(waiting, claimedForLong(waiting));
        Entry done = rows.failed("old", "bravo", "2026-03-02T02:00:00Z", "no room");
        rows.open().markNotified(done, Instant.parse("2026-03-02T03:00:00Z"));

        assertThat(found("--open=true")).containsExactly("old server#alpha", "new run");
    }

    @Test
    void what_has_expired_is_not_shown() {
        Run run = rows.run("old", "2025-03-02T02:00:00Z", "alpha");
        Entry failed = rows.failed("old", "alpha", "2025-03-02T02:00:00Z", "no room");
        Run settled = run.standing(RunStatus.FAILED, Map.of(EntryStatus.FAILED, 1));
        rows.trail().finish(settled);
        rows.open().markNotified(failed, failed.requestedAt());
        rows.open().markNotified(settled, failed.requestedAt());
        rows.open()
                .withoutExpiry(settled)
                .orElseThrow()
                .forEach(row -> rows.open().expire(row, Instant.parse("2026-04-06T02:00:00Z")));
        rows.open().release(settled);

        assertThat(found("--server=alpha")).isEmpty();
        assertThat(found("--run=old")).isEmpty();
        assertThat(found("--failed=true", "--since=2025-03-01", "--until=2025-03-03"))
                .isEmpty();
        assertThat(found("--runs=true", "--since=2025-03-01", "--until=2025-03-03"))
                .isEmpty();
    }

    @Test
    void an_open_row_is_shown_with_all_that_stands_in_it() {
        rows.pending("old", "alpha", "2026-03-02T02:00:00Z");

        Item open = reader.answer(new Question.Open(), 10).rows().getFirst();

        assertThat(open.attributes()).containsKeys("serverName", "serverArn", "tags", "status", "attempts");
    }

    @Test
    void there_may_be_nothing() {
        assertThat(found("--server=alpha")).isEmpty();
        assertThat(found("--run=nightly")).isEmpty();
        assertThat(found("--failed=true")).isEmpty();
        assertThat(found("--runs=true")).isEmpty();
        assertThat(found("--open=true")).isEmpty();
    }

    private static Entry claimedForLong(Entry waiting) {
        return waiting.claimed(new AttemptId("a"), Instant.parse("2026-03-09T02:00:00Z"));
    }

    private List<String> found(String... arguments) {
        Asked asked = Asked.read(Options.of(AskAudit.OPTIONS, arguments), LocalDate.parse("2026-03-08"));
        return reader.answer(asked.question(), asked.limit()).rows().stream()
                .map(item -> item.shown("runId") + " " + item.shown("entry"))
                .toList();
    }
}
