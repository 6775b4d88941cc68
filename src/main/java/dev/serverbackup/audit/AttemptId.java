package dev.serverbackup.audit;

/** Names one claim of an entry. Never given twice, not even by two restores of one snapshot. */
public record AttemptId(String value) {
    public AttemptId {
        if (value.isBlank()) {
            throw new IllegalArgumentException("an attempt id has a value");
        }
    }
}
