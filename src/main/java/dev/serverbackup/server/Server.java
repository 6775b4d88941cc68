package dev.serverbackup.server;

import dev.serverbackup.request.ServerName;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A server as it was resolved.
 *
 * @param arn absent where a request only named the server
 * @param tags empty where they were not read
 */
public record Server(ServerName name, Optional<String> arn, Map<String, String> tags) {
    public Server {
        Objects.requireNonNull(name, "server name");
        Objects.requireNonNull(arn, "server arn");
        tags = Map.copyOf(tags);
    }

    /** What its owner calls it, for people: its {@code Name} tag, which instances have beside their id. */
    public Optional<String> title() {
        return Optional.ofNullable(tags.get("Name")).filter(title -> !title.isBlank());
    }

    /** A server of which only the name is known. */
    public static Server named(ServerName name) {
        return new Server(name, Optional.empty(), Map.of());
    }
}
