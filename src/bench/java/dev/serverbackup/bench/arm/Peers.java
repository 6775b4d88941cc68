package dev.serverbackup.bench.arm;

import dev.serverbackup.runtime.Launch;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What stands beside the function, and how each is started. boto3 is the last minor release that has opsworkscm. */
public final class Peers {
    private static final String BOTO3 = "boto3==1.39.17";
    private static final Path ENVIRONMENT = Path.of("target", "bench", "venv");
    private static final Path PYTHON =
            ENVIRONMENT.resolve("bin").resolve("python").toAbsolutePath();
    private static final Pattern SDK = Pattern.compile("/software/amazon/awssdk/|/httpcomponents/|/commons-codec/"
            + "|/commons-logging/|/jcl-over-slf4j/|/reactive-streams/|/eventstream/|/slf4j-api/|/test-classes$");
    private static final Pattern OTHER_CLIENTS = Pattern.compile("/netty-nio-client/|/url-connection-client/");
    private static final String PROGRAM = "src/bench/python/peer.py";

    /** The peers. */
    public enum Kind {
        /** (a) boto3, one call after the other. */
        SEQUENTIAL("boto3, sequential"),
        /** (b) boto3 with a pool of threads. */
        POOL("boto3, pool"),
        /** (c) The same, keeping our rules on the good path. */
        PROTOCOL("boto3, pool, our rules"),
        /** (d) The SDK for Java as it comes, one call after the other, on a JVM as Lambda starts it: compiled by C1. */
        DEFAULTS("Java SDK's defaults"),
        /** The same on a JVM that compiles by its own defaults, as with SnapStart. */
        DEFAULT_JIT("Java SDK's defaults, default JIT");

        private final String title;

        Kind(String title) {
            this.title = title;
        }

        @Override
        public String toString() {
            return title;
        }
    }

    private Peers() {}

    /**
     * Sets up what they need, if it isn't there yet: a virtual environment with boto3, from the Python package index.
     */
    public static Peers ready() throws IOException, InterruptedException {
        if (!Files.exists(ENVIRONMENT.resolve("ready"))) {
            call("python3", "-m", "venv", ENVIRONMENT.toString());
            call(PYTHON.toString(), "-m", "pip", "--quiet", "--disable-pip-version-check", "install", BOTO3);
            Files.createFile(ENVIRONMENT.resolve("ready"));
        }
        return new Peers();
    }

    private static void call(String... command) throws IOException, InterruptedException {
        if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
            throw new IOException("failed: " + String.join(" ", command));
        }
    }

    public List<String> command(Kind kind) {
        return switch (kind) {
            case SEQUENTIAL, POOL, PROTOCOL ->
                List.of(PYTHON.toString(), PROGRAM, kind.name().toLowerCase(Locale.ROOT));
            case DEFAULTS -> java(Launch.ON_DEMAND);
            case DEFAULT_JIT -> java(Launch.SNAP_START);
        };
    }

    private static List<String> java(List<String> flags) {
        List<String> java = new ArrayList<>();
        java.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        java.addAll(flags);
        java.addAll(List.of("-cp", sdkClassPath(), DefaultsPeer.class.getName()));
        return java;
    }

    /** Where it may log. */
    public File log(Kind kind) {
        return Path.of("target", "bench", kind.name().toLowerCase(Locale.ROOT) + ".log")
                .toFile();
    }

    /** The SDK with the HTTP client that it comes with, and the peer; nothing of the function or its tests. */
    private static String sdkClassPath() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                .filter(entry -> SDK.matcher(entry).find()
                        && !OTHER_CLIENTS.matcher(entry).find())
                .collect(Collectors.joining(File.pathSeparator));
    }
}
