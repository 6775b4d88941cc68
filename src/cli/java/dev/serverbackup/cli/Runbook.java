package dev.serverbackup.cli;

import dev.serverbackup.local.Home;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The sections of {@code docs/runbook.md}.
 *
 * @param sections in the order of the page
 */
public record Runbook(List<Section> sections) {
    private static final Pattern HEADING = Pattern.compile("(?m)^(?=#{2,3} )");
    private static final Pattern LINK = Pattern.compile("\\[([^]]+)]\\([^)]+\\)");
    private static final Pattern EMPHASIS = Pattern.compile("\\*(\\w+)\\*");
    private static final String ERRORS = "What the errors mean";
    private static final String OTHER_ERRORS = "Any other name";

    public Runbook {
        sections = List.copyOf(sections);
    }

    /**
     * One heading's text.
     *
     * @param part the second-level heading above it; its own if it is one
     * @param text in Markdown, without links and emphasis
     */
    public record Section(String part, String title, String text) {
        /** As plain text: each paragraph and each point of a list, which begins with a hyphen, on one line. */
        public List<String> paragraphs() {
            return List.of(text.split("\\n\\s*\\n|\\n(?=- )", -1)).stream()
                    .map(paragraph -> paragraph.replaceAll("\\s*\\n\\s*", " ").replace("`", ""))
                    .toList();
        }

        private List<String> names() {
            return List.of(title.split(", | and ", -1));
        }

        private boolean isNamed(String name) {
            return names().stream().anyMatch(name::equalsIgnoreCase);
        }
    }

    /** Reads the page that belongs to this program. */
    public static Runbook read() {
        try {
            return of(Files.readString(Home.file("docs/runbook.md")));
        } catch (IOException e) {
            throw new UncheckedIOException("the runbook can't be read", e);
        }
    }

    private static Runbook of(String page) {
        List<Section> sections = new ArrayList<>();
        String part = "";
        for (String section : HEADING.split(page, -1)) {
            int end = section.indexOf('\n');
            String title = section.substring(0, end).replaceFirst("^#+ ", "").replace("`", "");
            part = section.startsWith("### ") ? part : title;
            String text = LINK.matcher(section.substring(end)).replaceAll("$1");
            sections.add(new Section(
                    part, title, EMPHASIS.matcher(text).replaceAll("$1").strip()));
        }
        return new Runbook(sections);
    }

    /**
     * The section about an error, a status or an alarm: the one with its name, or, for an error without a heading, the
     * one that mentions it.
     */
    public Optional<Section> about(String name) {
        return sections.stream()
                .filter(section -> section.isNamed(name))
                .findFirst()
                .or(() -> errors().stream()
                        .filter(section -> section.text().contains("`" + name + "`"))
                        .findFirst());
    }

    /** The same; for an error that the page does not mention, the section about other errors. */
    public Section aboutError(String type) {
        return about(type)
                .or(() -> about(OTHER_ERRORS))
                .orElseThrow(() -> new IllegalStateException("the runbook has no section " + OTHER_ERRORS));
    }

    /** The names with a section. */
    List<String> names() {
        return sections.stream()
                .filter(section -> !section.title().equals(section.part()))
                .flatMap(section -> section.names().stream())
                .filter(name -> !name.contains(" "))
                .toList();
    }

    private List<Section> errors() {
        return sections.stream()
                .filter(section ->
                        section.part().equals(ERRORS) && !section.title().equals(ERRORS))
                .toList();
    }
}
