package dev.serverbackup.runtime;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.spi.ToolProvider;

/**
 * From which a function's process starts sooner (JEP 514). The classes are those that are deployed, but all on one
 * class path, and in jars: a cache supports nothing else. A process for which it does not fit starts without it.
 */
public final class AotCache {
    /** Empty: all classes are on the class path. */
    private static final Path NO_TASK_ROOT = Path.of("target", "no-task");

    private static final Path JAR = Path.of("target", "function.jar").toAbsolutePath();
    private static final Path CACHE = Path.of("target", "function.aot").toAbsolutePath();

    private AotCache() {}

    /**
     * Written by a process when it has handled an event and ended.
     *
     * @param environment as {@link FunctionProcess#start(Map)} takes it
     */
    public static AotCache trained(Map<String, String> environment, String event) throws Exception {
        Files.createDirectories(JAR.getParent());
        int failed = ToolProvider.findFirst("jar")
                .orElseThrow()
                .run(System.out, System.err, "--create", "--file", JAR.toString(), "-C", "target/classes", ".");
        if (failed != 0) {
            throw new IOException("cannot write " + JAR);
        }
        Files.deleteIfExists(CACHE);
        try (var function = FunctionProcess.start(environment, launch("-XX:AOTCacheOutput=" + CACHE))) {
            function.invoke(event);
            function.end();
        }
        return new AotCache();
    }

    /** As Lambda starts it, but from the cache. */
    public Launch launch() throws IOException {
        return launch("-XX:AOTCache=" + CACHE);
    }

    private static Launch launch(String cache) throws IOException {
        String classPath = String.join(
                File.pathSeparator, TaskRoot.runtimeClassPath(), JAR.toString(), TaskRoot.deployedClassPath());
        return Launch.of(NO_TASK_ROOT, Launch.ON_DEMAND).with(List.of(cache, "-cp", classPath));
    }
}
