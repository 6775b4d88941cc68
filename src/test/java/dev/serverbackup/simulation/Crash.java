package dev.serverbackup.simulation;

/** The worker's process is gone. No code of ours may catch it and go on. */
final class Crash extends Error {
    private static final long serialVersionUID = 1L;

    Crash() {
        super("the process is gone", null, false, false);
    }
}
