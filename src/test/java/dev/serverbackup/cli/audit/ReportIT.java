package dev.serverbackup.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serverbackup.audit.EntryStatus;
import dev.serverbackup.audit.Run;
import dev.serverbackup.audit.RunStatus;
import dev.serverbackup.cli.InProcess;
import dev.serverbackup.local.dynamodb.LocalDynamoDb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A report on rows that the application itself wrote: the page as a browser reads it, and the CSV whole. */
class ReportIT {
    private static final String NOW = "2026-03-04T04:05:00Z";
    private static final String HOSTILE = "<script>alert(1)</script> & \"no room\" now";

    private static LocalDynamoDb local;

    @TempDir
    private static Path folder;

    private static InProcess printed;
    private static Document page;

    /** Three nights. Delta never had a good backup, alpha's first one was deleted, and charlie is held. */
    @BeforeAll
    static void start() throws IOException {
        local = LocalDynamoDb.start("unused");
        AuditedRows rows = AuditedRows.in(local, "audit");
        rows.twoNights(HOSTILE);

        rows.run("release-4711", "2026-03-04T02:00:00Z", "alpha", "bravo");
        rows.failed("release-4711", "alpha", "2026-03-04T02:00:00Z", "=1+1");
        rows.pending("release-4711", "bravo", "2026-03-04T02:00:00Z");
        put("audit", "release-4711", "run", "request", "{\"description\":\"" + HOSTILE + "\"}");

        printed = ask(
                "audit",
                "--since=2026-03-02",
                "--html=" + folder.resolve("report.html"),
                "--csv=" + folder.resolve("report.csv"));
        page = Jsoup.parse(Files.readString(folder.resolve("report.html")));
    }

    @AfterAll
    static void stop() {
        local.close();
    }

    private static void put(String table, String run, String entry, String attribute, String value) {
        local.client()
                .updateItem(update -> update.tableName(table)
                        .key(Map.of("runId", AttributeValue.fromS(run), "entry", AttributeValue.fromS(entry)))
                        .updateExpression("SET #name = :value")
                        .expressionAttributeNames(Map.of("#name", attribute))
                        .expressionAttributeValues(Map.of(":value", AttributeValue.fromS(value))));
    }

    private static InProcess ask(String table, String... arguments) {
        Stream<String> place = Stream.of("report", "--table=" + table, "--endpoint=" + local.endpoint());
        return InProcess.run(NOW, Stream.concat(place, Stream.of(arguments)).toArray(String[]::new));
    }

    private static List<List<String>> rows(String selector) {
        return page.select(selector).stream()
                .map(row -> row.children().stream().map(Element::text).toList())
                .toList();
    }

    @Test
    void its_counts_are_printed_and_a_failure_is_wrong() {
        assertThat(printed)
                .isEqualTo(new InProcess(
                        1,
                        """
                          period    from 2026-03-02T00:00:00Z to 2026-03-04T23:59:59.999Z
                          audit     table audit at ENDPOINT
                          backend   opsworks-cm
                          made      2026-03-04T04:05:00Z
                          nights    3
                          runs      3: 1 PARTIALLY_FAILED, 1 RUNNING, 1 SUCCEEDED
                          servers   3
                          targets   6
                          entries   2 FAILED, 1 PENDING, 3 SUCCEEDED
                          slots     0 missed, 0 caught up
                          failed    2 LimitExceededException
                          overdue   3, of which never backed up 1
                          excluded  1
                          deleted   1
                          verified  0

                        The counts balance: 6 targets, 6 entries.
                        FOLDER/report.html is written.
                        FOLDER/report.csv is written.
                        """.replace("ENDPOINT", local.endpoint().toString()).replace("FOLDER", folder.toString()),
                        ""));
    }

    @Test
    void the_csv_has_a_row_for_each_entry_and_no_cell_is_a_formula() throws IOException {
        assertThat(Files.readString(folder.resolve("report.csv")).split("\r\n", -1))
                .hasSize(1 + 6 + 1)
                .contains("""
                    run,server,name,status,requested,started,finished,attempts,backup,artefact,size,sha256,command,error_type,\
                    error_message,error_http_status,error_request_id,effect_unknown,verified,verification,deleting,deleted,\
                    not_kept_by,delete_error_type,delete_error_message,notified,backend,arn,source,detail_type,event_id,request\
                    """, """
                    sched@2026-03-02T02:00:00Z,alpha,,SUCCEEDED,2026-03-02T02:00:00.000Z,2026-03-02T02:00:01.000Z,\
                    2026-03-02T02:01:00.000Z,1,alpha-1,,,,,,,,,,,,2026-03-03T02:10:00.000Z,2026-03-03T02:10:00.000Z,last 7,,,,\
                    opsworks-cm,arn:aws:opsworks-cm:eu-west-1:123456789012:server/alpha/8epp7f6z,acme.release-pipeline,,,\
                    "{""all"":true,""description"":""before release 4711""}"\
                    """, """
                    release-4711,alpha,,FAILED,2026-03-04T02:00:00.000Z,,2026-03-04T02:00:02.000Z,0,,,,,,\
                    LimitExceededException,'=1+1,,,false,,,,,,,,,\
                    opsworks-cm,arn:aws:opsworks-cm:eu-west-1:123456789012:server/alpha/8epp7f6z,acme.release-pipeline,,,\
                    "{""description"":""<script>alert(1)</script> & ""no room"" now""}"\
                    """);
    }

    @Test
    void the_page_begins_with_the_period_the_audit_and_counts_that_balance() {
        assertThat(page.title()).isEqualTo("Backup report, 2026-03-02 to 2026-03-04");
        assertThat(page.select("header .sum").text()).isEqualTo("6 targets = 2 FAILED + 1 PENDING + 3 SUCCEEDED");
        assertThat(page.select("header .wrong")).isEmpty();
        assertThat(page.select("header dd").eachText())
                .startsWith(
                        "from 2026-03-02T00:00:00Z to 2026-03-04T23:59:59.999Z", "table audit at " + local.endpoint());
    }

    @Test
    void the_calendar_says_by_letter_and_by_words_what_came_of_each_server_in_each_night() {
        assertThat(rows("#calendar thead tr"))
                .containsExactly(List.of("", "Mar 2026", ""), List.of("Server", "2", "3", "4", "Backed up"));
        assertThat(rows("#calendar tbody tr"))
                .containsExactly(
                        List.of("alpha", "D", "S", "F", "2 of 3"),
                        List.of("bravo", "S", "", "O", "1 of 2"),
                        List.of("charlie", "X", "X", "X", "0 of 0"),
                        List.of("delta", "F", "", "", "0 of 1"));
        assertThat(page.select("#calendar tbody tr:first-child td[title]").eachAttr("title"))
                .containsExactly("2026-03-02: succeeded, deleted since", "2026-03-03: succeeded", "2026-03-04: failed");
        assertThat(rows("#calendar tfoot tr"))
                .containsExactly(
                        List.of("failed", "1", "", "1", ""),
                        List.of("open", "", "", "1", ""),
                        List.of("succeeded", "1", "1", "", ""),
                        List.of("succeeded, deleted since", "1", "", "", ""),
                        List.of("excluded", "1", "1", "1", ""));
        assertThat(page.select("#calendar tbody th:not([scope=row]), #calendar thead th:not([scope])"))
                .isEmpty();
        assertThat(page.select("#calendar .legend b").eachText())
                .containsExactly("!", "F", "U", "O", "S", "D", "X", "M", "C", "R");
    }

    @Test
    void failures_stand_under_their_type_with_the_runbooks_words() {
        String explained =
                InProcess.run(NOW, "explain", "LimitExceededException").out().replaceAll("\\s+", " ");

        assertThat(page.select("#failures h3").eachText()).containsExactly("2 × LimitExceededException");
        assertThat(page.select("#failures p:not(.note)").eachText())
                .isNotEmpty()
                .allSatisfy(paragraph -> assertThat(explained).contains(paragraph));
        assertThat(page.select("#failures li").eachText())
                .hasSize(3)
                .allSatisfy(point -> assertThat(explained).contains(point));
        assertThat(page.select("#failures tbody tr").eachText())
                .containsExactly(
                        "2026-03-02T02:00:00.000Z delta 0 sched@2026-03-02T02:00:00Z " + HOSTILE,
                        "2026-03-04T02:00:00.000Z alpha 0 release-4711 =1+1");
    }

    @Test
    void each_other_section_has_its_rows_or_says_that_there_are_none() {
        assertThat(page.select("#overdue tbody tr").eachText())
                .containsExactly(
                        "delta - - never",
                        "bravo 2026-03-02T02:01:00.000Z 2d 02h bravo-1",
                        "alpha 2026-03-03T02:01:00.000Z 1d 02h alpha-1");
        assertThat(page.select("#exclusions tbody tr").eachText())
                .containsExactly(
                        "charlie 2026-03-02T02:00:00.000Z 2026-03-04T02:00:00.000Z 3 yes excluded by tag BackupHold");
        assertThat(page.select("#skipped p").text()).isEqualTo("No resource was skipped.");
        assertThat(page.select("#deletions tbody tr").eachText())
                .containsExactly("2026-03-03T02:10:00.000Z alpha alpha-1 2026-03-02T02:01:00.000Z"
                        + " sched@2026-03-02T02:00:00Z last 7");
        assertThat(page.select("#verifications p").text()).isEqualTo("No verification is recorded.");
        assertThat(page.select("#runs tbody td:nth-child(2)").eachText())
                .containsExactly("sched@2026-03-02T02:00:00Z", "sched@2026-03-03T02:00:00Z", "release-4711");
        assertThat(page.select("#runs tbody tr:last-child td:last-child").text())
                .isEqualTo("{\"description\":\"" + HOSTILE + "\"}");
    }

    @Test
    void it_has_the_plot_once_for_each_scheme_and_nothing_in_it_runs_or_is_fetched() {
        assertThat(page.select("img"))
                .singleElement()
                .satisfies(image -> assertThat(image.attr("alt")).isNotBlank());
        assertThat(page.select("picture source[media*=dark]")).hasSize(1);
        assertThat(page.select("script, link, iframe, object, form, [onclick], [onload], [onerror]"))
                .isEmpty();
        assertThat(page.select("a").eachAttr("href"))
                .allMatch(target -> page.select(target).size() == 1);
        assertThat(page.select("[src], [srcset]"))
                .hasSize(2)
                .allMatch(each -> (each.attr("src") + each.attr("srcset")).startsWith("data:image/png;base64,iVBOR"));
    }

    @Test
    void a_target_without_an_entry_and_a_run_that_says_another_count_do_not_balance_and_verifications_are_shown(
            @TempDir Path here) throws IOException {
        AuditedRows rows = AuditedRows.in(local, "unbalanced");
        Run run = rows.run("one", "2026-03-03T02:00:00Z", "alpha", "bravo");
        rows.succeeded("one", "alpha", "2026-03-03T22:00:00Z");
        rows.finished(run, RunStatus.SUCCEEDED, Map.of(EntryStatus.SUCCEEDED, 2));
        put("unbalanced", "one", "server#alpha", "verifiedAt", "2026-03-04T03:00:00.000Z");
        put("unbalanced", "one", "server#alpha", "verification", "restored");

        InProcess answer = ask("unbalanced", "--html=" + here.resolve("page.html"), "--hours=8000");

        List<String> sentences = List.of(
                "Run one has 2 targets and 1 entries; there is none of bravo.",
                "Run one says 2 SUCCEEDED; its entries are 1 SUCCEEDED.");
        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.out().lines()).containsAll(sentences).noneMatch(line -> line.contains("The counts balance"));
        Document unbalanced = Jsoup.parse(here.resolve("page.html"));
        assertThat(unbalanced.select("header .sum").text()).isEqualTo("2 targets ≠ 1 SUCCEEDED");
        assertThat(unbalanced.select("header .wrong").eachText()).isEqualTo(sentences);
        assertThat(unbalanced.select("#calendar tbody tr:nth-child(2)").text()).isEqualTo("bravo ! 0 of 1");
        assertThat(answer.out()).contains("verified  1\n");
        assertThat(unbalanced.select("#verifications tbody td").eachText())
                .containsExactly("2026-03-04T03:00:00.000Z", "alpha", "alpha-1", "restored", "one");
    }

    @Test
    void slots_that_were_missed_and_caught_up_are_the_schedules_and_no_servers(@TempDir Path here) throws IOException {
        AuditedRows rows = AuditedRows.in(local, "slots");
        rows.uncalled("sched@2026-03-02T23:50:00Z", "2026-03-03T00:21:00Z", RunStatus.NO_TARGETS);
        rows.uncalled("sched@2026-03-03T23:50:00Z", "2026-03-03T23:50:00Z", RunStatus.MISSED);

        InProcess answer = ask("slots", "--since=2026-03-02", "--html=" + here.resolve("page.html"));

        Document slots = Jsoup.parse(here.resolve("page.html"));
        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.out()).contains("  slots     1 missed, 1 caught up\n");
        assertThat(slots.select("#calendar tbody tr").eachText()).containsExactly("sched C M 1 of 2");
        assertThat(slots.select("#calendar tbody td[title]").eachAttr("title"))
                .containsExactly("2026-03-02: caught up", "2026-03-03: missed");
        assertThat(slots.select("#calendar tfoot tr")).isEmpty();
        assertThat(slots.select("#slots tbody tr").eachText())
                .containsExactly(
                        "2026-03-02T23:50:00Z caught up 2026-03-03T00:21:00.000Z NO_TARGETS sched@2026-03-02T23:50:00Z",
                        "2026-03-03T23:50:00Z missed - MISSED sched@2026-03-03T23:50:00Z");
    }

    @Test
    void a_period_without_a_run_has_a_page_that_says_so(@TempDir Path here) throws IOException {
        InProcess answer =
                ask("audit", "--since=2026-01-01", "--until=2026-02-01", "--html=" + here.resolve("page.html"));

        Document empty = Jsoup.parse(here.resolve("page.html"));
        assertThat(answer.code()).isZero();
        assertThat(empty.select("header .sum").text()).isEqualTo("0 targets = 0 entries");
        assertThat(empty.select("img, #calendar tbody tr")).isEmpty();
        assertThat(empty.select("table.calendar")).hasSize(2);
        assertThat(empty.select("section p.note").eachText())
                .contains(
                        "No entry failed.",
                        "No slot of the stack's schedule was missed, as far as the audit knows.",
                        "No server was excluded by a tag.",
                        "Retention deleted no backup in this period.",
                        "There is no run in this period.");
    }

    @Test
    void json_has_the_counts() throws IOException {
        JsonNode answer = new ObjectMapper().readTree(ask("audit", "--json").out());

        assertThat(answer.get("entries").toString()).isEqualTo("{\"FAILED\":2,\"PENDING\":1,\"SUCCEEDED\":3}");
        assertThat(answer.get("targets").intValue()).isEqualTo(6);
        assertThat(answer.get("missedSlots").intValue()).isZero();
        assertThat(answer.get("caughtUpSlots").intValue()).isZero();
        assertThat(answer.get("imbalances")).isEmpty();
        assertThat(answer.get("failures").toString()).isEqualTo("{\"LimitExceededException\":2}");
        assertThat(answer.get("overdue").findValuesAsText("server")).containsExactly("delta", "bravo", "alpha");
    }

    @Test
    void no_file_is_written_over_no_folder_is_made_and_a_report_is_on_a_year_at_most(@TempDir Path here)
            throws IOException {
        Path there = Files.writeString(here.resolve("there.html"), "mine");

        assertThat(ask("audit", "--csv=" + here.resolve("new.csv"), "--html=" + there))
                .isEqualTo(new InProcess(2, "", "--html is a new file; %s exists\n".formatted(there)));
        assertThat(ask("audit", "--csv=" + here.resolve("none/new.csv")))
                .isEqualTo(new InProcess(
                        2, "", "--csv is a new file; there is no folder %s\n".formatted(here.resolve("none"))));
        assertThat(ask("audit", "--csv=" + here.resolve("a"), "--html=" + here.resolve("b/../a")))
                .isEqualTo(new InProcess(
                        2, "", "--html and --csv are two files, not both %s\n".formatted(here.resolve("b/../a"))));
        assertThat(ask("audit", "--since=2024-01-01"))
                .isEqualTo(new InProcess(2, "", "a report is on 366 nights at most, not on 794\n"));
        assertThat(there).hasContent("mine");
        assertThat(here).isDirectoryContaining("glob:**there.html").isDirectoryNotContaining("glob:**new*");
    }

    @Test
    void a_report_that_can_not_be_finished_leaves_nothing(@TempDir Path here) {
        InProcess answer =
                ask("no-such-table", "--csv=" + here.resolve("new.csv"), "--html=" + here.resolve("new.html"));

        assertThat(answer.code()).isEqualTo(3);
        assertThat(here).isEmptyDirectory();
    }
}
