package dev.serverbackup.request;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name by which a server is backed up: 1 to 40 of letters, digits and hyphens, a letter first (OpsWorks CM API,
 * {@code CreateBackup}, {@code ServerName}). Unique within an account and region.
 */
public record ServerName(@JsonValue String value) implements Comparable<ServerName> {
    /** The allowed form, for messages. */
    public static final String ALLOWED = "1 to 40 letters, digits and hyphens, a letter first";

    private static final Pattern FORM = Pattern.compile("[a-zA-Z][a-zA-Z0-9\\-]{0,39}");

    /** @throws IllegalArgumentException if the value is not of the form above */
    public ServerName {
        Objects.requireNonNull(value, "server name");
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("a server name is " + ALLOWED);
        }
    }

    /** The name; empty if the text is not one. */
    public static Optional<ServerName> parse(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new ServerName(text)) : Optional.empty();
    }

    @Override
    public int compareTo(ServerName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
