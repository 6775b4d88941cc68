package dev.serverbackup.local.fleet;

/** A fleet file that cannot be used; the message says where the mistake is and what is allowed there. */
public final class FleetException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    FleetException(String where, String mistake) {
        super(where.isEmpty() ? mistake : where + ": " + mistake);
    }
}
