package dev.serverbackup.server;

import static dev.serverbackup.Legible.assertLegible;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryFile;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serverbackup.request.InvalidRequestException;
import dev.serverbackup.request.SelectorReader;
import dev.serverbackup.request.ServerName;
import dev.serverbackup.request.TagSelector;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/**
 * Any selector over any listing selects what its JSON says. The first line of an input is the selector; each further
 * one is a listed resource: its ARN, or a server's name for short, and its tags, as in {@code alpha Backup=nightly}.
 */
@Timeout(value = 120, threadMode = ThreadMode.SEPARATE_THREAD)
class SelectionFuzzTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @DictionaryFile(resourcePath = "selection.dict")
    @FuzzTest
    void no_selector_selects_anything_else_than_it_says(byte[] input) throws JsonProcessingException {
        List<String> lines = List.of(new String(input, StandardCharsets.UTF_8).split("\n", -1));
        TagSelector selector;
        try {
            selector = SelectorReader.fromJson(lines.getFirst());
        } catch (InvalidRequestException refused) {
            assertLegible(refused.getMessage(), 1_000);
            return;
        }
        Map<String, Map<String, String>> tagsByArn = new LinkedHashMap<>();
        lines.stream()
                .skip(1)
                .map(line -> List.of(line.split(" ", -1)))
                .forEach(words -> tagsByArn.put(arn(words.getFirst()), tags(words)));

        assertSame(select(selector, tagsByArn), new NaiveSelection(JSON.readTree(lines.getFirst()), tagsByArn));
    }

    private static void assertSame(Targets targets, NaiveSelection naive) {
        assertThat(SampleFleet.names(targets))
                .hasToString(naive.servers.stream().sorted().toList().toString());
        assertThat(targets.excluded().stream()
                        .map(server -> server.name().value())
                        .toList())
                .isEqualTo(naive.excluded);
        assertThat(targets.skipped()).hasSameSizeAs(naive.skipped);
        for (ExcludedServer server : targets.excluded()) {
            assertLegible(server.reason(), 150);
        }
        for (SkippedResource resource : targets.skipped()) {
            assertLegible(resource.resource(), 200);
        }
    }

    private static Targets select(TagSelector selector, Map<String, Map<String, String>> tagsByArn) {
        var listing = tagsByArn.entrySet().stream()
                .map(each -> new TaggedResource(each.getKey(), each.getValue()))
                .toList();
        Targets targets = TargetSelection.of(ServerKind.OPSWORKS_CM, selector, listing);
        assertThat(TargetSelection.of(ServerKind.OPSWORKS_CM, selector, listing.reversed()))
                .isEqualTo(targets);
        return targets;
    }

    private static String arn(String word) {
        return ServerName.parse(word).isPresent() ? SampleFleet.arn(word, SampleFleet.UUID) : word;
    }

    private static Map<String, String> tags(List<String> words) {
        Map<String, String> tags = new LinkedHashMap<>();
        for (String word : words.subList(1, words.size())) {
            int equals = word.indexOf('=');
            tags.put(equals < 0 ? word : word.substring(0, equals), word.substring(equals + 1));
        }
        return tags;
    }
}
