package dev.serverbackup.audit;

/** The id of one claim of an entry. Never given twice, not even by two environments restored from one snapshot. */
public record AttemptId(String value) {
    public AttemptId {
        if (value.isBlank()) {
            throw new IllegalArgumentException("an attempt id has a value");
        }
    }
}
