package dev.serverbackup.server;

import dev.serverbackup.request.Plan;
import dev.serverbackup.request.ServerName;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The servers that a selector found.
 *
 * @param servers each name once, in the order of the names
 * @param excluded servers that were selected and that a tag excludes, the hold tag included
 * @param skipped resources that were selected and can't be targets
 */
public record Targets(List<Server> servers, List<ExcludedServer> excluded, List<SkippedResource> skipped) {
    /** @throws IllegalArgumentException if a name occurs twice */
    public Targets {
        servers = servers.stream().sorted(Comparator.comparing(Server::name)).toList();
        if (servers.stream().map(Server::name).distinct().count() < servers.size()) {
            throw new IllegalArgumentException("a server is a target once");
        }
        excluded = List.copyOf(excluded);
        skipped = List.copyOf(skipped);
    }

    /** The plan of exactly these servers. */
    public Plan plan() {
        SortedMap<ServerName, Optional<String>> arns = new TreeMap<>();
        servers.forEach(server -> arns.put(server.name(), server.arn()));
        return Plan.of(arns);
    }
}
