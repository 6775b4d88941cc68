package dev.serverbackup.fleet;

import dev.serverbackup.request.TagSelector;

/** The servers that could be backed up. Implementations are safe for use by several threads. */
public interface Fleet {
    /**
     * Resolves a selector now, against the servers' present tags.
     *
     * @throws FleetUnavailableException if the tags could not be read whole: never a partial answer, never "no match"
     */
    Targets select(TagSelector selector);
}
