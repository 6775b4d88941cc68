package dev.serverbackup.server;

import dev.serverbackup.request.TagSelector;
import java.util.List;

/** The servers that could be backed up. Implementations are safe for use by several threads. */
public interface ServerResolver {
    /**
     * Resolves a selector now, against the servers' present tags.
     *
     * @throws ServersUnavailableException if the tags could not be read whole: never a partial answer, never "no match"
     */
    Targets select(TagSelector selector);

    /**
     * The same for a dry run, which also tells what was probably mistyped. It may read the tags of every server.
     *
     * @throws ServersUnavailableException as {@link #select}
     */
    default Preview preview(TagSelector selector) {
        return new Preview(select(selector), List.of());
    }
}
