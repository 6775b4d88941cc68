package dev.serverbackup.local.opsworkscm.account;

import java.time.Instant;
import java.util.Optional;

/**
 * The course of a server's state: {@code during} before the instant {@code until}, {@code then} from it on.
 *
 * @param failure why what goes on ends badly, if it does
 */
public record Phase(ServerStatus during, Instant until, ServerStatus then, Optional<String> failure) {

    /** One that ends well. */
    public Phase(ServerStatus during, Instant until, ServerStatus then) {
        this(during, until, then, Optional.empty());
    }

    /** One state for good. */
    public static Phase steady(ServerStatus status) {
        return new Phase(status, Instant.MIN, status);
    }

    public ServerStatus at(Instant now) {
        return now.isBefore(until) ? during : then;
    }

    /** Whether it was ever going to end. */
    boolean ends() {
        return until.isAfter(Instant.MIN);
    }
}
