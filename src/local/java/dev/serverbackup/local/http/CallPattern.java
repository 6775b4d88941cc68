package dev.serverbackup.local.http;

import java.util.Optional;

/** Which calls are meant: of one operation or any, for one server or any. */
public record CallPattern(Optional<String> operation, Optional<String> serverName) {

    public static CallPattern any() {
        return new CallPattern(Optional.empty(), Optional.empty());
    }

    /** All calls of an operation, such as {@code CreateBackup}. */
    public static CallPattern of(String operation) {
        return new CallPattern(Optional.of(operation), Optional.empty());
    }

    /** Of these, only the ones whose {@code ServerName} is this. */
    public CallPattern to(String serverName) {
        return new CallPattern(operation, Optional.of(serverName));
    }

    boolean matches(String calledOperation, Optional<String> calledServer) {
        return operation.filter(wanted -> !wanted.equals(calledOperation)).isEmpty()
                && (serverName.isEmpty() || serverName.equals(calledServer));
    }
}
