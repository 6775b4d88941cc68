package dev.serverbackup.crash;

import dev.serverbackup.local.LocalCloud;
import dev.serverbackup.runtime.AotCache;
import dev.serverbackup.runtime.FunctionVariables;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/** Functions that are started ahead of time, so that their start is not waited for. Used by one thread. */
final class ReadyFunctions implements AutoCloseable {
    private static final int AHEAD = 2;

    private final LocalCloud cloud;
    private final AotCache cache;
    private final Deque<WiredFunction> ready = new ArrayDeque<>();

    /** @param event that one of them handles beforehand, so that the others know what they will need */
    ReadyFunctions(LocalCloud cloud, String event) throws Exception {
        this.cloud = cloud;
        this.cache = AotCache.trained(FunctionVariables.of(cloud), event);
    }

    /** The caller's to close. */
    WiredFunction next() throws Exception {
        while (ready.size() <= AHEAD) {
            ready.add(WiredFunction.start(cloud, cache));
        }
        return ready.remove();
    }

    @Override
    public void close() throws IOException {
        for (WiredFunction function : ready) {
            function.close();
        }
    }
}
