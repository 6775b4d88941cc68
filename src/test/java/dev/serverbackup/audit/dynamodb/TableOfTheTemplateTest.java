package dev.serverbackup.audit.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.local.dynamodb.TableTemplate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;

/** Keys, indexes and expiry of {@code template.yaml} are those that the code writes and reads by. */
class TableOfTheTemplateTest {
    private static final TableTemplate TABLE = TableTemplate.read(Path.of("template.yaml"));
    private static final Pattern ASKED_INDEX = Pattern.compile("(?:indexName\\(|INDEX = )\"([a-z-]+)\"");
    private static final Pattern ASKED_BY_PEOPLE = Pattern.compile("within\\(period, \"([a-z-]+)\", \"(\\w+)\"");

    @Test
    void each_index_has_the_keys_that_the_code_asks_by() {
        assertThat(TABLE.request().globalSecondaryIndexes().stream()
                        .collect(Collectors.toMap(GlobalSecondaryIndex::indexName, index -> keys(index.keySchema()))))
                .isEqualTo(Map.of(
                        "by-server", List.of(Attributes.SERVER_NAME, Attributes.REQUESTED_AT),
                        "open", List.of(Attributes.OPEN, Attributes.NEXT_ACTION_AT),
                        "by-day", List.of(Attributes.DAY_KEY, Attributes.REQUESTED_AT),
                        "undeleted", List.of(Attributes.UNDELETED, Attributes.REQUESTED_AT)));
    }

    @Test
    void the_indexes_are_those_that_the_code_and_people_ask_and_no_others() throws IOException {
        Set<String> asked = found(ASKED_INDEX, Path.of("src/main/java/dev/serverbackup/audit/dynamodb"));
        asked.addAll(found(ASKED_BY_PEOPLE, Path.of("src/cli/java/dev/serverbackup/cli/audit")));

        assertThat(TABLE.request().globalSecondaryIndexes())
                .extracting(GlobalSecondaryIndex::indexName)
                .containsExactlyInAnyOrderElementsOf(asked);
    }

    @Test
    void each_index_says_what_it_holds_and_only_the_history_holds_all() {
        assertThat(TABLE.request().globalSecondaryIndexes())
                .filteredOn(index -> index.projection().projectionType() == ProjectionType.ALL)
                .extracting(GlobalSecondaryIndex::indexName)
                .containsExactly("by-server");
        assertThat(TABLE.request().globalSecondaryIndexes())
                .filteredOn(index -> index.projection().projectionType() != ProjectionType.ALL)
                .allSatisfy(index ->
                        assertThat(index.projection().nonKeyAttributes()).isNotEmpty());
    }

    @Test
    void a_row_expires_by_the_attribute_that_the_code_writes() {
        assertThat(TABLE.expiry()).contains(Expiry.EXPIRES_AT);
    }

    private static List<String> keys(List<KeySchemaElement> schema) {
        return Stream.of(KeyType.HASH, KeyType.RANGE)
                .flatMap(type -> schema.stream().filter(key -> key.keyType() == type))
                .map(KeySchemaElement::attributeName)
                .toList();
    }

    private static Set<String> found(Pattern pattern, Path folder) throws IOException {
        try (Stream<Path> sources = Files.list(folder)) {
            return sources.map(TableOfTheTemplateTest::text)
                    .flatMap(text -> pattern.matcher(text).results())
                    .map((MatchResult match) -> match.group(1))
                    .collect(Collectors.toSet());
        }
    }

    private static String text(Path source) {
        try {
            return Files.readString(source);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
