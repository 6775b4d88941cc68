package dev.serverbackup.local.http;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Pages for people, beside the services: what a GET of a path shows. Called by many threads at once. */
@FunctionalInterface
public interface WebPages {

    /** Nothing for people. */
    WebPages NONE = path -> Optional.empty();

    /** What is shown at a path, such as {@code /}; absent if nothing is. */
    Optional<Shown> at(String path);

    /**
     * A document.
     *
     * @param contentType as in the header of that name
     */
    record Shown(String contentType, String text) {

        byte[] bytes() {
            return text.getBytes(StandardCharsets.UTF_8);
        }
    }
}
