package dev.serverbackup.simulation;

/** A promise was broken. */
final class Violation extends Error {
    private static final long serialVersionUID = 1L;

    Violation(String what) {
        super(what, null, false, false);
    }

    static void require(boolean holds, String promise, Object about) {
        if (!holds) {
            throw new Violation(promise + ": " + about);
        }
    }
}
