package dev.serverbackup.local.lambda;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.serverbackup.local.http.WebPages;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Lambda's {@code Invoke}, by the paths of its REST API. An alias or version of a function is the function. Thread-safe. */
public final class Lambda implements WebPages {
    private static final Pattern INVOKE =
            Pattern.compile("/2015-03-31/functions/(?:arn:[^/]*:function:)?([A-Za-z0-9_-]+)(?::[^/]*)?/invocations");

    private final Map<String, Handler> functions = new ConcurrentHashMap<>();

    /** A function, with events and results as JSON. */
    public interface Handler {
        /** Invokes it and waits for the answer; throws what the function throws. */
        String invoke(String event);

        /** Invokes it without waiting. */
        void invokeLater(String event);
    }

    /** Deploys a function. */
    public void put(String name, Handler handler) {
        functions.put(name, handler);
    }

    @Override
    public Optional<Shown> at(String path) {
        return Optional.empty();
    }

    @Override
    public Optional<Shown> posted(Post post) {
        return INVOKE.matcher(decoded(post.path()))
                .results()
                .map((MatchResult found) -> found.group(1))
                .findFirst()
                .map(name -> Optional.ofNullable(functions.get(name))
                        .map(handler -> answer(handler, post))
                        .orElseGet(() -> notFound(name)));
    }

    private static String decoded(String path) {
        return path.replace("%3A", ":").replace("%3a", ":");
    }

    private static Shown answer(Handler handler, Post post) {
        if (post.invocationType().equals("Event")) {
            handler.invokeLater(post.body());
            return new Shown(202, "application/json", Map.of(), "");
        }
        try {
            return new Shown("application/json", handler.invoke(post.body()));
        } catch (RuntimeException e) {
            String error = JsonNodeFactory.instance
                    .objectNode()
                    .put("errorMessage", e.getMessage())
                    .put("errorType", e.getClass().getName())
                    .toString();
            return new Shown(200, "application/json", Map.of("X-Amz-Function-Error", "Unhandled"), error);
        }
    }

    private static Shown notFound(String name) {
        String error = JsonNodeFactory.instance
                .objectNode()
                .put("Type", "User")
                .put("Message", "Function not found: " + name)
                .toString();
        return new Shown(404, "application/json", Map.of("x-amzn-ErrorType", "ResourceNotFoundException"), error);
    }
}
