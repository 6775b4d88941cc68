package dev.serverbackup.fleet;

import java.util.List;

/**
 * What a selector found.
 *
 * @param servers each name once, in the order of the names
 * @param leftOut servers that were asked for and excluded by a tag
 * @param ignored what was found and can't be a target
 */
public record Targets(List<Server> servers, List<Omission> leftOut, List<Omission> ignored) {
    public Targets {
        servers = List.copyOf(servers);
        leftOut = List.copyOf(leftOut);
        ignored = List.copyOf(ignored);
    }

    /**
     * Something that is not a target, and why.
     *
     * @param what a server's name or an ARN, at most 200 characters
     * @param reason one of few texts, so that it can be counted
     */
    public record Omission(String what, String reason) {}
}
