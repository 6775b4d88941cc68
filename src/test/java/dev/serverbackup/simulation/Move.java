package dev.serverbackup.simulation;

/**
 * Something that can happen next in the small model: a worker's step in one of its ways, a request's effect,
 * what becomes of a command, or time.
 */
record Move(int actor, int way) {
    static final int SERVICE = 100;
    static final int TIME = 101;
    static final int COMMAND = 102;

    boolean isOfWorker() {
        return actor < SERVICE;
    }
}
