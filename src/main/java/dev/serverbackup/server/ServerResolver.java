package dev.serverbackup.server;

import dev.serverbackup.request.TagSelector;
import java.util.List;

/** Finds the servers that a selector selects. Implementations are safe for use by several threads. */
public interface ServerResolver {
    /**
     * Resolves a selector against the servers' current tags.
     *
     * @throws ServersUnavailableException if not all tags could be read: a partial result is never returned
     */
    Targets select(TagSelector selector);

    /**
     * The same for a dry run, with tags that are probably mistyped. It may read the tags of every server.
     *
     * @throws ServersUnavailableException as {@link #select}
     */
    default Preview preview(TagSelector selector) {
        return new Preview(select(selector), List.of());
    }
}
