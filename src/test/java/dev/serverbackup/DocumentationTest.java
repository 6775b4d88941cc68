package dev.serverbackup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.local.dynamodb.TemplateSection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the documents show can be copied, and what they point to is there. */
class DocumentationTest {
    private static final Pattern LINK = Pattern.compile("]\\(([^)#:\\s]+)(?:#([^)\\s]+))?\\)");

    private static final Pattern TEST = Pattern.compile("`(\\w+(?:Test|IT))`(?:: ([a-z]+_\\w+))?");
    private static final Pattern OUTPUT = Pattern.compile("(?:\\$\\(out |`<)(\\w+(?:Alias|Name|Url|Arn))[)>]");

    static List<Path> documents() throws IOException {
        try (Stream<Path> below = Files.walk(Path.of("docs"));
                Stream<Path> here = Files.list(Path.of("."))) {
            return Stream.concat(below, here)
                    .filter(path -> path.toString().endsWith(".md"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void what_is_shown_as_json_is_json(Path document) {
        assertThat(DocumentPage.read(document.toString()).json()).doesNotContainNull();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void every_link_leads_to_a_file_and_to_a_heading_in_it(Path document) throws IOException {
        String text = Files.readString(document);

        assertThat(LINK.matcher(text).results()).allSatisfy(link -> {
            Path target = document.resolveSibling(link.group(1)).normalize();
            assertThat(target).exists();
            if (link.group(2) != null) {
                assertThat(anchors(target)).contains(link.group(2));
            }
        });
    }

    @ParameterizedTest
    @MethodSource("documents")
    void every_output_of_the_stack_that_is_used_is_one_of_the_template(Path document) throws IOException {
        Set<String> outputs = TemplateSection.read(Path.of("template.yaml"))
                .section("Outputs")
                .values()
                .keySet();

        assertThat(OUTPUT.matcher(Files.readString(document)).results().map(match -> match.group(1)))
                .isSubsetOf(outputs);
    }

    static List<Path> documents_of_today() throws IOException {
        return documents().stream()
                .filter(path -> !path.startsWith("docs/decisions"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("documents_of_today")
    void every_test_that_is_named_is_there(Path document) throws IOException {
        String text = Files.readString(document);

        assertThat(TEST.matcher(text).results()).allSatisfy(test -> {
            try (Stream<Path> sources = Files.walk(Path.of("src/test/java"))) {
                assertThat(sources.filter(path -> path.endsWith(test.group(1) + ".java")))
                        .singleElement()
                        .satisfies(source -> assertThat(Files.readString(source))
                                .contains(test.group(2) == null ? "class " : " " + test.group(2) + "("));
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"docs", "docs/decisions"})
    void the_index_of_a_folder_has_each_of_its_pages(String folder) throws IOException {
        String index = Files.readString(Path.of(folder, "README.md"));
        List<String> linked =
                LINK.matcher(index).results().map(link -> link.group(1)).toList();
        try (Stream<Path> pages = Files.list(Path.of(folder))) {
            assertThat(pages.map(page -> page.getFileName().toString())
                            .filter(name -> name.endsWith(".md") && !name.equals("README.md")))
                    .isSubsetOf(linked);
        }
    }

    /** As GitHub makes them of the headings. */
    private static List<String> anchors(Path document) throws IOException {
        return Files.readAllLines(document).stream()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("^#+ ", "")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{Alnum} _-]", "")
                        .replace(' ', '-'))
                .toList();
    }
}
