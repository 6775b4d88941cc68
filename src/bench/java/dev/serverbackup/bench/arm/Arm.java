package dev.serverbackup.bench.arm;

import java.util.Map;

/** A process that makes runs: the function, or what a user would write instead. Used by one thread. */
public interface Arm extends AutoCloseable {
    /** The variables that lead any of AWS's SDKs to a fake, but for its endpoint. */
    Map<String, String> AWS = Map.of(
            "AWS_REGION", "us-east-1",
            "AWS_DEFAULT_REGION", "us-east-1",
            "AWS_ACCESS_KEY_ID", "AKIDEXAMPLE",
            "AWS_SECRET_ACCESS_KEY", "secret",
            "AWS_EC2_METADATA_DISABLED", "true");

    /** Returns when it could begin a run at once. */
    void awaitReady() throws Exception;

    /** One run over what is tagged; returns when it has said that all is done. */
    void run() throws Exception;

    /** The process, for its costs. */
    ProcessHandle process();

    @Override
    void close();
}
