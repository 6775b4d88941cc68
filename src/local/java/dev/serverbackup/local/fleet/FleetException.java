package dev.serverbackup.local.fleet;

import com.fasterxml.jackson.core.JsonProcessingException;

/** A fleet or state file that cannot be used; the message says where the mistake is and what is allowed there. */
public final class FleetException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    FleetException(String where, String mistake) {
        super(where.isEmpty() ? mistake : where + ": " + mistake);
    }

    /** For what is no JSON, in words of our own: a parser's tell of its insides, on several lines. */
    static FleetException noJson(JsonProcessingException mistake) {
        var at = mistake.getLocation();
        var where = at == null ? "" : "line " + at.getLineNr() + ", column " + at.getColumnNr();
        var isTwice = mistake.getOriginalMessage().startsWith("Duplicate field");
        return new FleetException(where, isTwice ? "the same property is there twice" : "this is not valid JSON");
    }
}
