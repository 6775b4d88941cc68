package dev.serverbackup.request;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.regex.Pattern;

/**
 * A hash of a set of targets: a SHA-256 in lower-case hex. A dry run reports it, and a request with that plan is
 * refused unless it finds exactly those targets.
 */
public record Plan(String value) {
    /** The allowed form, for messages. */
    public static final String ALLOWED = "the `plan` of a dry run's report, 64 of 0-9 a-f";

    private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");

    /** @throws IllegalArgumentException if the value is not of the form above */
    public Plan {
        Objects.requireNonNull(value, "plan");
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("a plan is " + ALLOWED);
        }
    }

    /** The plan; empty if the text is not one. */
    public static Optional<Plan> parse(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new Plan(text)) : Optional.empty();
    }

    /**
     * The plan of these targets.
     *
     * @param arns each target's ARN, if it is known: a server that was created again under an old name is another
     *     target
     */
    public static Plan of(SortedMap<ServerName, Optional<String>> arns) {
        StringBuilder lines = new StringBuilder();
        for (Map.Entry<ServerName, Optional<String>> target : arns.entrySet()) {
            lines.append(target.getKey())
                    .append(' ')
                    .append(target.getValue().orElse(""))
                    .append('\n');
        }
        return new Plan(Sha256.hex(lines.toString()));
    }

    @Override
    public String toString() {
        return value;
    }
}
