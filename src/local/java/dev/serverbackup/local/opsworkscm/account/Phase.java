package dev.serverbackup.local.opsworkscm.account;

import java.time.Instant;

/** The course of a server's state: {@code during} before the instant {@code until}, {@code then} from it on. */
public record Phase(ServerStatus during, Instant until, ServerStatus then) {

    /** One state for good. */
    public static Phase steady(ServerStatus status) {
        return new Phase(status, Instant.MIN, status);
    }

    public ServerStatus at(Instant now) {
        return now.isBefore(until) ? during : then;
    }
}
