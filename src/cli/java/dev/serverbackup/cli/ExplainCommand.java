package dev.serverbackup.cli;

import dev.serverbackup.cli.Findings.Fact;
import dev.serverbackup.local.Home;
import dev.serverbackup.request.Closest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** What an error or an alarm means, and what to do: the runbook's own words. */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        description = "What an error or an alarm means, and what to do.",
        footerHeading = "%nExample:%n",
        footer = "  server-backup explain InvalidStateException")
final class ExplainCommand implements Callable<Integer> {
    private static final Pattern HEADING = Pattern.compile("(?m)^#{2,3} ");
    private static final Pattern LINK = Pattern.compile("\\[([^]]+)]\\([^)]+\\)");

    @ParentCommand
    private ServerBackup program;

    @Mixin
    private OutputOptions output;

    @Parameters(paramLabel = "NAME", description = "An error.type of the audit, or an alarm.")
    private String name;

    @Override
    public Integer call() {
        Map<String, String> sections = sections();
        String title = sections.keySet().stream()
                .filter(one -> List.of(one.split(", ", -1)).stream().anyMatch(name::equalsIgnoreCase))
                .findFirst()
                .orElseThrow(() -> unknown(sections));
        String text = LINK.matcher(sections.get(title)).replaceAll("$1").strip();
        List<String> paragraphs = new ArrayList<>();
        for (String paragraph : text.split("\\n\\s*\\n|\\n(?=- )", -1)) {
            paragraphs.add(paragraph.replaceAll("\\s*\\n\\s*", " "));
        }
        output.print(
                new Findings(
                        List.of(new Fact("", title)),
                        Table.NONE,
                        paragraphs,
                        Map.of("name", title, "text", text),
                        false),
                program.screen());
        return ServerBackup.OK;
    }

    private IllegalArgumentException unknown(Map<String, String> sections) {
        List<String> names = sections.keySet().stream()
                .flatMap(title -> List.of(title.split(", ", -1)).stream())
                .filter(one -> !one.contains(" "))
                .toList();
        String known = Closest.to(name, names)
                .map(nearest -> "did you mean " + nearest + "?")
                .orElse("there are " + String.join(", ", names));
        return new IllegalArgumentException("the runbook has nothing on '%s'; %s".formatted(name, known));
    }

    /** The runbook's sections of the third level, by their titles. */
    private static Map<String, String> sections() {
        try {
            Map<String, String> sections = new LinkedHashMap<>();
            for (String part : HEADING.split(Files.readString(Home.file("docs/runbook.md")), -1)) {
                int end = part.indexOf('\n');
                sections.put(part.substring(0, end).replace("`", ""), part.substring(end));
            }
            return sections;
        } catch (IOException e) {
            throw new UncheckedIOException("the runbook can't be read", e);
        }
    }
}
