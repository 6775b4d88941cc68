package dev.serverbackup.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that select servers. The function checks them; only an empty selector is refused here. */
final class SelectorOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--tag",
            paramLabel = "KEY[=VALUE]",
            description =
                    "Servers with this tag; repeated: other keys must match too, other values of a key will do too.")
    private List<String> tags = List.of();

    @Option(names = "--exclude-tag", paramLabel = "KEY[=VALUE]", description = "Not the servers with this tag.")
    private List<String> excludeTags = List.of();

    @Option(names = "--server", paramLabel = "NAME", description = "Only this server; repeated for more.")
    private List<String> servers = List.of();

    @Option(names = "--all", description = "Every tagged server.")
    private boolean all;

    @Option(names = "--ignore-hold", description = "Servers with the tag BackupHold, too.")
    private boolean ignoreHold;

    @Option(names = "--max-targets", paramLabel = "N", description = "Refused if there are more targets.")
    private Integer maxTargets;

    @Option(names = "--description", paramLabel = "TEXT", description = "What the backups are for.")
    private String description;

    /** The request's detail (docs/requests.md), without an id. */
    ObjectNode detail() {
        if (tags.isEmpty() && servers.isEmpty() && !all) {
            throw new ParameterException(
                    command.commandLine(), "say which servers: --tag KEY=VALUE, --server NAME, or --all");
        }
        ObjectNode detail = JsonNodeFactory.instance.objectNode();
        ObjectNode selector = detail.putObject("selector");
        put(selector, "tags", tags);
        put(selector, "excludeTags", excludeTags);
        if (!servers.isEmpty()) {
            new TreeSet<>(servers).forEach(selector.putArray("serverNames")::add);
        }
        if (all) {
            selector.put("all", true);
        }
        if (ignoreHold) {
            detail.put("ignoreHold", true);
        }
        if (maxTargets != null) {
            detail.put("maxTargets", maxTargets);
        }
        if (description != null && !description.isEmpty()) {
            detail.put("description", description);
        }
        return detail;
    }

    private static void put(ObjectNode selector, String name, List<String> tags) {
        if (tags.isEmpty()) {
            return;
        }
        Map<String, TreeSet<String>> values = new TreeMap<>();
        tags.forEach(tag -> {
            int equals = tag.indexOf('=');
            var all = values.computeIfAbsent(equals < 0 ? tag : tag.substring(0, equals), _ -> new TreeSet<>());
            if (equals >= 0) {
                all.add(tag.substring(equals + 1));
            }
        });
        ObjectNode object = selector.putObject(name);
        values.forEach((key, some) -> some.forEach(object.putArray(key)::add));
    }
}
