package dev.serverbackup;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serverbackup.backup.Backup;
import dev.serverbackup.local.fleet.FleetServer;
import dev.serverbackup.local.opsworkscm.account.ServerStatus;
import dev.serverbackup.metrics.powertools.PowertoolsMetrics;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What alarms and dashboard watch is what the functions print: metrics in the embedded format with just these
 * dimensions, and log lines with these members. An alarm on anything else would be silent for ever.
 */
class WatchedMetricsIT {
    private static final Pattern SEARCH = Pattern.compile(
            "SEARCH\\('\\{(\\w+),([\\w,]+)} MetricName=\"(\\w+)\" Service=\"\\$\\{Application}\"', '\\w+', \\d+\\)");
    private static final Pattern MEMBER = Pattern.compile(
            "(?:ispresent|latest)\\((\\w+)\\)|filter (\\w+) =|and (\\w+) =|fields @timestamp, ([\\w, ]+)|by (\\w+) ");

    private static Set<Watched> emitted;
    private static Set<String> members;

    /** A run with a success, a failure and a full account, followed to its end, and a backup that is not there a week later. */
    @BeforeAll
    static void run() {
        try (var printed = new PrintedLines();
                var app = LocalApplication.over(
                        LocalApplication.tagged("alpha"),
                        LocalApplication.tagged("bravo").gone(),
                        busy())) {
            app.run("nightly");
            app.passesLater(30);
            app.deleteByHand("alpha");
            app.passLater(Duration.ofDays(7));
            app.passesLater(1);
            measureWhatIsRare();
            emitted = printed.measured().stream()
                    .flatMap(line -> emittedBy(line).stream())
                    .collect(Collectors.toSet());
            members = printed.logged().stream()
                    .flatMap(line -> line.properties().stream().map(Map.Entry::getKey))
                    .collect(Collectors.toSet());
        }
    }

    /** The local OpsWorks CM tells no sizes, as the real one did in its last years; and here no schedule is missed. */
    private static void measureWhatIsRare() {
        PowertoolsMetrics metrics = new PowertoolsMetrics();
        Backup small = Samples.backup(Samples.ALPHA).with(Backup.WARNINGS, List.of("too small"));
        metrics.measure(() -> {
            metrics.changed(Samples.started(Samples.ALPHA).succeeded(small, Samples.TWO_O_CLOCK));
            metrics.missedSlot();
            return small;
        });
    }

    @AfterAll
    static void forget() {
        emitted = Set.of();
        members = Set.of();
    }

    @Test
    void every_metric_of_ours_that_an_alarm_watches_or_the_dashboard_shows_is_emitted_with_just_these_dimensions() {
        Stream<Watched> byAlarms = Watched.alarms().values().stream().flatMap(Watched::byAlarm);

        assertThat(List.of(byAlarms, Watched.byDashboard()))
                .allSatisfy(watched -> assertThat(
                                watched.filter(metric -> metric.namespace().equals(Watched.OURS)))
                        .isNotEmpty()
                        .isSubsetOf(emitted));
    }

    @Test
    void the_runbooks_table_has_every_metric_that_is_emitted_and_no_other() {
        assertThat(DocumentPage.read("docs/runbook.md").table("| metric |").keySet())
                .containsExactlyInAnyOrderElementsOf(
                        emitted.stream().map(Watched::name).collect(Collectors.toSet()));
    }

    @Test
    void every_metric_that_is_emitted_is_on_the_dashboard() {
        Set<String> shown = Watched.byDashboard().map(Watched::name).collect(Collectors.toSet());
        searches().forEach(search -> shown.add(search.group(3)));

        assertThat(emitted).extracting(Watched::name).allMatch(shown::contains);
    }

    @Test
    void what_the_dashboard_searches_for_is_emitted_with_just_these_dimensions() {
        assertThat(searches())
                .isNotEmpty()
                .allSatisfy(search -> assertThat(emitted).anySatisfy(metric -> {
                    assertThat(metric.namespace()).isEqualTo(search.group(1));
                    assertThat(metric.name()).isEqualTo(search.group(3));
                    assertThat(metric.dimensions().keySet())
                            .containsExactlyInAnyOrder(search.group(2).split(",", -1));
                }));
    }

    @Test
    void the_members_of_log_lines_that_the_dashboard_asks_for_are_logged() {
        Set<String> asked = new TreeSet<>();
        texts("query").forEach(query -> asked.addAll(asked(query)));

        assertThat(asked)
                .contains("runId", "serverName", "status", "errorType", "lastSuccessAgeSeconds")
                .isSubsetOf(members);
    }

    private static FleetServer busy() {
        return LocalApplication.tagged("charlie").in(ServerStatus.UNDER_MAINTENANCE);
    }

    private static Set<String> asked(String query) {
        Matcher matcher = MEMBER.matcher(query);
        Set<String> asked = new TreeSet<>();
        while (matcher.find()) {
            for (int group = 1; group <= matcher.groupCount(); group++) {
                if (matcher.group(group) != null) {
                    asked.addAll(List.of(matcher.group(group).trim().split(", ", -1)));
                }
            }
        }
        return asked;
    }

    private static List<Matcher> searches() {
        return texts("expression").stream()
                .filter(expression -> expression.contains("SEARCH"))
                .map(SEARCH::matcher)
                .filter(Matcher::matches)
                .toList();
    }

    private static Collection<String> texts(String member) {
        return Watched.dashboard().findValuesAsText(member);
    }

    /** What CloudWatch makes of a line in the embedded metric format. */
    private static Set<Watched> emittedBy(JsonNode line) {
        return StreamSupport.stream(line.path("_aws").path("CloudWatchMetrics").spliterator(), false)
                .flatMap(directive -> StreamSupport.stream(
                                directive.path("Dimensions").spliterator(), false)
                        .flatMap(names -> directive.path("Metrics").findValuesAsText("Name").stream()
                                .map(name -> new Watched(
                                        directive.path("Namespace").asText(), name, dimensions(names, line)))))
                .collect(Collectors.toSet());
    }

    private static Map<String, String> dimensions(JsonNode names, JsonNode line) {
        Map<String, String> dimensions = new TreeMap<>();
        names.forEach(
                name -> dimensions.put(name.asText(), line.path(name.asText()).asText()));
        return dimensions;
    }
}
