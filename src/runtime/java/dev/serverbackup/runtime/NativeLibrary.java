package dev.serverbackup.runtime;

import com.amazonaws.services.lambda.runtime.api.client.AWSLambda;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The runtime client's native library. By default each process unpacks it to the same file in {@code /tmp}, which
 * running processes use.
 */
final class NativeLibrary {
    /** Where the runtime client looks before it unpacks its own. */
    static final String PROPERTY = "com.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI";

    private static final Path FOLDER = Path.of("target", "native").toAbsolutePath();

    private NativeLibrary() {}

    /** Unpacked once, and loaded once to see that it can be; absent where the client has none that can. */
    static Optional<Path> forThisMachine() {
        return Unpacked.LIBRARY;
    }

    // "restricted": that native code may be loaded here is the question.
    @SuppressWarnings("restricted")
    private static boolean loads(Path library) {
        try {
            System.load(library.toString());
            return true;
        } catch (UnsatisfiedLinkError otherMachine) {
            return false;
        }
    }

    private static Path unpack(String name) {
        try (InputStream library = AWSLambda.class.getResourceAsStream("/jni/" + name)) {
            Files.createDirectories(FOLDER);
            Path unpacked = FOLDER.resolve(name);
            Files.copy(library, unpacked, StandardCopyOption.REPLACE_EXISTING);
            return unpacked;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Unpacked {
        private static final Optional<Path> LIBRARY = Stream.of(
                        "libaws-lambda-jni.linux-x86_64.so",
                        "libaws-lambda-jni.linux-aarch_64.so",
                        "libaws-lambda-jni.linux_musl-x86_64.so",
                        "libaws-lambda-jni.linux_musl-aarch_64.so")
                .map(NativeLibrary::unpack)
                .filter(NativeLibrary::loads)
                .findFirst();
    }
}
