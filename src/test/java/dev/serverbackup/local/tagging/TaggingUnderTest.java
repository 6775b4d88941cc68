package dev.serverbackup.local.tagging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serverbackup.ManualClock;
import dev.serverbackup.local.http.AwsError;
import dev.serverbackup.local.http.AwsErrorType;
import dev.serverbackup.local.http.InputReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * GetResources without HTTP around it, over four servers, a backup and a bucket. JSON is written with single quotes.
 */
final class TaggingUnderTest {

    static final String OPSWORKS = "arn:aws:opsworks-cm:us-east-1:123456789012:";
    static final String BUCKET = "arn:aws:s3:::bucket";

    final ManualClock clock = new ManualClock(Instant.parse("2026-11-20T03:00:00Z"));
    final List<ResourceTags> resources = new ArrayList<>(List.of(
            server("alpha", Map.of("Backup", "nightly", "Environment", "prod")),
            server("bravo", Map.of("Backup", "hourly", "Environment", "dev")),
            server("charlie", Map.of("Backup", "", "Environment", "prod")),
            server("delta", Map.of()),
            new ResourceTags(OPSWORKS + "backup/alpha-20261119030000125", Map.of("Backup", "nightly")),
            new ResourceTags(BUCKET, Map.of("Backup", "nightly"))));
    final Tagging tagging = new Tagging(() -> List.copyOf(resources), clock);

    JsonNode next(JsonNode page, String input) {
        return get("{%s, 'PaginationToken': '%s'}"
                .formatted(input, page.get("PaginationToken").textValue()));
    }

    JsonNode get(String input) {
        try {
            var json = (ObjectNode) new ObjectMapper().readTree(input.replace('\'', '"'));
            return tagging.perform("GetResources", InputReader.of(json));
        } catch (JsonProcessingException mistake) {
            throw new AssertionError(mistake);
        }
    }

    void refused(AwsErrorType type, String input) {
        var error = catchThrowableOfType(AwsError.class, () -> get(input));
        assertThat(error).as(input).isNotNull();
        assertThat(error.type()).isEqualTo(type);
    }

    static String names(JsonNode page) {
        return StreamSupport.stream(page.get("ResourceTagMappingList").spliterator(), false)
                .map(mapping -> mapping.get("ResourceARN").textValue().split("/", -1)[1])
                .collect(Collectors.joining(" "));
    }

    static ResourceTags server(String name, Map<String, String> tags) {
        return new ResourceTags(OPSWORKS + "server/" + name + "/1", tags);
    }
}
