package dev.serverbackup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.serverbackup.local.dynamodb.TemplateSection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A metric that an alarm or the dashboard of {@code deploy/alarms.yaml} watches.
 *
 * @param dimensions values that only a deployment knows are in the words of {@code Fn::Sub}, but the stack's name is that
 *     of the tests
 */
record Watched(String namespace, String name, Map<String, String> dimensions) {
    static final String OURS = "ServerBackup";

    private static final TemplateSection RESOURCES =
            TemplateSection.read(Path.of("deploy/alarms.yaml")).section("Resources");

    /** The alarms, by their logical names. */
    static Map<String, TemplateSection> alarms() {
        Map<String, TemplateSection> alarms = new TreeMap<>();
        RESOURCES.values().keySet().stream()
                .filter(name -> RESOURCES.section(name).text("Type").equals("AWS::CloudWatch::Alarm"))
                .forEach(name -> alarms.put(name, RESOURCES.section(name).section("Properties")));
        return alarms;
    }

    static Stream<Watched> byAlarm(TemplateSection alarm) {
        if (!alarm.values().containsKey("Metrics")) {
            return Stream.of(of(alarm));
        }
        return alarm.sections("Metrics").stream()
                .filter(metric -> metric.values().containsKey("MetricStat"))
                .map(metric -> of(metric.section("MetricStat").section("Metric")));
    }

    static JsonNode dashboard() {
        return dashboard(Deployed.OPSWORKS_CM);
    }

    static JsonNode dashboard(String backend) {
        var body = Deployed.on(backend)
                .application("Alarms")
                .properties("Dashboard")
                .section("DashboardBody")
                .values();
        var parts = (List<?>) body.get("Fn::Sub");
        Object quota = ((Map<?, ?>) parts.getLast()).get("Quota");
        String gauge = quota instanceof Map<?, ?> text ? text.get("Fn::Sub").toString() : quota.toString();
        try {
            return new JsonMapper().readTree(parts.getFirst().toString().replace("${Quota}", gauge));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What its graphs are drawn from; searches and formulas left out. */
    static Stream<Watched> byDashboard() {
        return StreamSupport.stream(dashboard().path("widgets").spliterator(), false)
                .flatMap(widget -> StreamSupport.stream(
                        widget.path("properties").path("metrics").spliterator(), false))
                .filter(metric -> metric.path(0).isTextual())
                .map(Watched::of);
    }

    private static Watched of(TemplateSection metric) {
        Map<String, String> dimensions = new TreeMap<>();
        metric.sections("Dimensions")
                .forEach(one -> dimensions.put(
                        one.text("Name"), deployed(one.values().get("Value").toString())));
        return new Watched(metric.text("Namespace"), metric.text("MetricName"), dimensions);
    }

    private static String deployed(String value) {
        return value.equals("{Ref=Application}") || value.equals("${Application}") ? Deployed.STACK : value;
    }

    /** Namespace, name, then names and values of dimensions in turn, then perhaps how it is drawn. */
    private static Watched of(JsonNode metric) {
        List<String> texts = StreamSupport.stream(metric.spliterator(), false)
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue)
                .toList();
        Map<String, String> dimensions = new TreeMap<>();
        for (int i = 2; i < texts.size(); i += 2) {
            dimensions.put(texts.get(i), deployed(texts.get(i + 1)));
        }
        return new Watched(texts.getFirst(), texts.get(1), dimensions);
    }
}
