package dev.serverbackup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.local.dynamodb.TemplateSection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * The alarms of {@code deploy/alarms.yaml}: there is one for each thing that may be wrong, and the runbook says what to do.
 */
class AlarmsTest {
    private static final Map<String, TemplateSection> ALARMS = Watched.alarms();

    /** Of AWS's own metrics: the dimensions by which AWS reports them. */
    private static final Map<String, Set<String>> DIMENSIONS_OF_AWS =
            Map.of("AWS/Lambda", Set.of("FunctionName"), "AWS/SQS", Set.of("QueueName"));

    @Test
    void each_alarm_has_a_section_of_its_name_in_the_runbook_and_each_section_an_alarm() throws IOException {
        List<String> runbook = Files.readAllLines(Path.of("docs/runbook.md"));
        List<String> alarms = runbook.subList(runbook.indexOf("## Alarms") + 1, runbook.size());

        assertThat(alarms.stream()
                        .takeWhile(line -> !line.startsWith("## "))
                        .filter(line -> line.startsWith("### "))
                        .map(line -> line.substring("### ".length())))
                .containsExactlyInAnyOrderElementsOf(names());
    }

    @Test
    void each_alarm_says_what_missing_data_means_and_notifies_its_topics() {
        assertThat(ALARMS)
                .allSatisfy((_, alarm) -> assertThat(alarm.values())
                        .containsKeys("TreatMissingData", "AlarmActions", "AlarmDescription"));
    }

    /** Or a function that does not run at all would look like one that does. */
    @Test
    void silence_is_an_alarm_where_something_is_expected() {
        assertThat(ALARMS.values().stream()
                        .filter(alarm -> alarm.text("TreatMissingData").equals("breaching"))
                        .map(AlarmsTest::nameOf))
                .containsExactlyInAnyOrder("no-run", "open-too-long");
    }

    @Test
    void the_metrics_of_aws_are_watched_by_the_dimensions_that_aws_gives_them() {
        assertThat(ALARMS.values().stream()
                        .flatMap(Watched::byAlarm)
                        .filter(metric -> !metric.namespace().equals(Watched.OURS)))
                .isNotEmpty()
                .allSatisfy(metric ->
                        assertThat(metric.dimensions().keySet()).isEqualTo(DIMENSIONS_OF_AWS.get(metric.namespace())));
    }

    private static Set<String> names() {
        Set<String> names = new TreeSet<>();
        ALARMS.values().forEach(alarm -> names.add(nameOf(alarm)));
        return names;
    }

    private static String nameOf(TemplateSection alarm) {
        return alarm.section("AlarmName").text("Fn::Sub").replace("${Application}-", "");
    }
}
