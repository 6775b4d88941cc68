package dev.serverbackup.server;

import dev.serverbackup.request.ServerName;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A server as it was resolved.
 *
 * @param arn empty if a request only named the server
 * @param tags empty if they were not read
 */
public record Server(ServerName name, Optional<String> arn, Map<String, String> tags) {
    public Server {
        Objects.requireNonNull(name, "server name");
        Objects.requireNonNull(arn, "server arn");
        tags = Map.copyOf(tags);
    }

    /** Its {@code Name} tag, for people; instances have one besides their id. */
    public Optional<String> title() {
        return Optional.ofNullable(tags.get("Name")).filter(title -> !title.isBlank());
    }

    /** A server with nothing known but its name. */
    public static Server named(ServerName name) {
        return new Server(name, Optional.empty(), Map.of());
    }
}
