package dev.serverbackup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serverbackup.cli.audit.Item;
import dev.serverbackup.request.EventReader;
import dev.serverbackup.request.SelectorReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class RequestsTest {
    @Command
    private static final class Asking {
        @Mixin
        private SelectorOptions selector;
    }

    private static ObjectNode detail(List<String> options) {
        Asking asking = new Asking();
        new CommandLine(asking).parseArgs(options.toArray(String[]::new));
        return asking.selector.detail();
    }

    /** The row of a run as the function writes what was asked. */
    private static Item row(ObjectNode detail) {
        ScheduledEvent event = new ScheduledEvent();
        event.setId("11111111-2222-3333-4444-555555555555");
        event.setDetail(new JsonMapper().convertValue(detail, new TypeReference<Map<String, Object>>() {}));
        String asked = new EventReader(SelectorReader.fromJson("{\"all\": true}"), 100, "nightly")
                .read(event, "")
                .canonicalRequest();
        return new Item(Map.of("request", AttributeValue.fromS(asked)));
    }

    static List<List<String>> requests() {
        List<String> many = new ArrayList<>();
        IntStream.range(0, 1_000).forEach(i -> many.addAll(List.of("--server", "server-with-a-long-name-" + i)));
        return List.of(
                List.of("--all"),
                List.of("--tag", "Team", "--tag", "Backup=weekly", "--tag", "Backup=nightly", "--exclude-tag", "Hold"),
                List.of("--server", "zulu", "--server", "alpha", "--server", "zulu", "--description", ""),
                List.of("--all", "--description", "before \"4711\"\n\u20ac", "--ignore-hold", "--max-targets", "7"),
                many);
    }

    @ParameterizedTest
    @MethodSource("requests")
    void a_run_is_of_the_request_that_asked_for_it_whatever_its_id(List<String> options) {
        Item row = row(detail(options));

        assertThat(Requests.isOf(
                        row, detail(options).put("requestId", "release-4711").put("stack", "nightly")))
                .isTrue();
    }

    @Test
    void a_run_is_not_of_a_request_that_asks_for_something_else() {
        Item row = row(detail(List.of("--tag", "Backup=nightly")));

        assertThat(Requests.isOf(row, detail(List.of("--tag", "Backup")))).isFalse();
        assertThat(Requests.isOf(row, detail(List.of("--tag", "Backup=nightly", "--ignore-hold"))))
                .isFalse();
        assertThat(Requests.isOf(new Item(Map.of()), detail(List.of("--all")))).isFalse();
    }
}
