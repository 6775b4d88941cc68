package dev.serverbackup.bench.arm;

/** A process that makes runs: the function, or what a user would write instead. Asked by one thread. */
public interface Arm extends AutoCloseable {
    /** Returns when it could begin a run at once. */
    void awaitReady() throws Exception;

    /** One run over what is tagged; returns when it has said that all is done. */
    void run() throws Exception;

    /** The process, for its costs. */
    long pid();

    @Override
    void close();
}
