package dev.serverbackup.fleet;

import dev.serverbackup.request.OutsideText;
import java.util.Comparator;
import java.util.List;

/**
 * What a selector found.
 *
 * @param servers each name once, in the order of the names
 * @param leftOut servers that were asked for and excluded by a tag
 * @param ignored what was found and can't be a target
 */
public record Targets(List<Server> servers, List<Omission> leftOut, List<Omission> ignored) {
    /** @throws IllegalArgumentException if a name is there twice */
    public Targets {
        servers = servers.stream().sorted(Comparator.comparing(Server::name)).toList();
        if (servers.stream().map(Server::name).distinct().count() < servers.size()) {
            throw new IllegalArgumentException("a server is a target once");
        }
        leftOut = List.copyOf(leftOut);
        ignored = List.copyOf(ignored);
    }

    /**
     * Something that is not a target, and why.
     *
     * @param what a server's name or an ARN, made fit to be shown: at most 200 characters, none of them a control
     *     character
     * @param reason one of few texts, so that it can be counted
     */
    public record Omission(String what, String reason) {
        private static final int MAX_WHAT = 200;

        public Omission {
            what = OutsideText.shown(what, MAX_WHAT);
        }
    }
}
