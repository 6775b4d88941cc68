package dev.serverbackup.local.http;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** What answers by path instead of by {@code X-Amz-Target}, beside the services. Called by many threads at once. */
@FunctionalInterface
public interface WebPages {

    /** Nothing. */
    WebPages NONE = path -> Optional.empty();

    /** What a GET of a path shows, such as {@code /}, its query included; absent if nothing is there. */
    Optional<Shown> at(String path);

    /** What a POST to a path answers; absent if nothing is there. */
    default Optional<Shown> posted(Post post) {
        return Optional.empty();
    }

    /**
     * A POST.
     *
     * @param invocationType the header {@code X-Amz-Invocation-Type}; empty where there is none
     */
    record Post(String path, String invocationType, String body) {}

    /**
     * An answer.
     *
     * @param contentType as in the header of that name
     */
    record Shown(int status, String contentType, Map<String, String> headers, String text) {
        public Shown {
            headers = Map.copyOf(headers);
        }

        public Shown(String contentType, String text) {
            this(200, contentType, Map.of(), text);
        }

        byte[] bytes() {
            return text.getBytes(StandardCharsets.UTF_8);
        }
    }
}
