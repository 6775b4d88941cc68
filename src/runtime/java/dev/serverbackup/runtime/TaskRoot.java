package dev.serverbackup.runtime;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.api.client.AWSLambda;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.utilslite.SdkInternalThreadLocal;

/**
 * The function's files as they are deployed: its classes in a folder, the jars in {@code lib/}, and
 * nothing else; links, so that they are always the current ones. Lambda's own runtime is apart from them, as there.
 */
final class TaskRoot {
    static final Path CLASSES = Path.of("target", "classes").toAbsolutePath();
    private static final Path RUNTIME_CLASS_PATH = Path.of("target", "runtime-classpath");
    private static final Path ROOT = Path.of("target", "task");

    private TaskRoot() {}

    /**
     * What "sam build" has made, if the system property {@code task.root} says where; else the folder, laid out anew.
     */
    static Path builtOrLaidOut() {
        String built = System.getProperty("task.root", "");
        return built.isEmpty() ? layOut() : Path.of(built);
    }

    /** Lays the folder out anew. */
    static synchronized Path layOut() {
        try {
            Path lib = ROOT.resolve("lib");
            Files.createDirectories(lib);
            removeLinks(ROOT);
            removeLinks(lib);
            linkAll(entries(CLASSES), ROOT);
            linkAll(jars(), lib);
            return ROOT;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The class path of the runtime itself: its client, and what Lambda keeps beside it. */
    static String runtimeClassPath() {
        return Stream.of(AWSLambda.class, Context.class, PojoSerializer.class, SdkInternalThreadLocal.class)
                .map(TaskRoot::jarOf)
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** The jars that are deployed, as one class path. */
    static String deployedClassPath() throws IOException {
        return jars().stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    /** The jars that are deployed, by name. */
    static List<Path> jars() throws IOException {
        if (!Files.isRegularFile(RUNTIME_CLASS_PATH)) {
            throw new IllegalStateException(RUNTIME_CLASS_PATH + " is missing; \"mvn process-resources\" writes it");
        }
        String classPath = Files.readString(RUNTIME_CLASS_PATH).strip();
        return Stream.of(classPath.split(File.pathSeparator, -1))
                .map(Path::of)
                .sorted()
                .toList();
    }

    private static List<Path> entries(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.toList();
        }
    }

    private static void removeLinks(Path folder) throws IOException {
        for (Path entry : entries(folder)) {
            if (Files.isSymbolicLink(entry)) {
                Files.delete(entry);
            }
        }
    }

    private static void linkAll(List<Path> targets, Path folder) throws IOException {
        for (Path target : targets) {
            Files.createSymbolicLink(folder.resolve(target.getFileName()), target);
        }
    }

    private static String jarOf(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
