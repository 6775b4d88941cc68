package dev.serverbackup.runtime;

import com.fasterxml.jackson.databind.JsonNode;

/** How one invocation of a function ended, as Lambda sees it. */
public sealed interface Answer {
    /** What the caller gets. */
    record Result(JsonNode payload) implements Answer {}

    /**
     * The function, or its start, threw.
     *
     * @param payload as the runtime reports it: {@code errorType}, {@code errorMessage}, {@code stackTrace}
     */
    record Failure(JsonNode payload) implements Answer {}

    /** The process ended, or was ended, before it answered. */
    record Exited(int status) implements Answer {}
}
