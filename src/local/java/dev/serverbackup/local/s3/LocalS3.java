package dev.serverbackup.local.s3;

import dev.serverbackup.local.Home;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;

/**
 * Adobe's S3Mock in a separate process, which starts when it is first used and ends with this one, however this one
 * ends. It keeps objects, their versions and their locks in a folder. Thread-safe.
 */
public final class LocalS3 implements AutoCloseable {
    private static final Pattern STARTED = Pattern.compile("Tomcat started on ports? ([0-9]+)");
    /** The input is closed when this process is gone; the output, which this process reads, when S3 is. */
    private static final String UNTIL_INPUT_CLOSES = "\"$@\" </dev/null & exec >&- 2>&-; read -r _; kill $!; wait $!";

    private static final String ANY_KEY = "local";

    private final Path folder;
    private Optional<Server> server = Optional.empty();

    private record Server(Process process, S3Client client, URI endpoint) {}

    /** @param folder is made when S3 starts, and stays when it ends */
    public LocalS3(Path folder) {
        this.folder = folder.toAbsolutePath();
    }

    /**
     * Where it answers.
     *
     * @throws IllegalStateException if it does not start
     */
    public URI endpoint() {
        return server().endpoint;
    }

    /** A client led there, which this closes. */
    public S3Client client() {
        return server().client;
    }

    /** Makes a bucket that keeps versions, if there is none of that name. */
    public synchronized void makeBucket(String name) {
        if (client().listBuckets().buckets().stream()
                .noneMatch(one -> one.name().equals(name))) {
            client().createBucket(bucket -> bucket.bucket(name));
            client().putBucketVersioning(bucket -> bucket.bucket(name)
                    .versioningConfiguration(versions -> versions.status(BucketVersioningStatus.ENABLED)));
        }
    }

    private synchronized Server server() {
        if (server.isEmpty()) {
            server = Optional.of(start());
        }
        return server.get();
    }

    private Server start() {
        // S3Mock opens a second port to all the network, which no setting prevents: only requests with this path are
        // answered.
        String secret = "/" + UUID.randomUUID();
        try {
            Files.createDirectories(folder);
            Process process = new ProcessBuilder(command(secret))
                    .redirectErrorStream(true)
                    .start();
            return port(process)
                    .map(port -> URI.create("http://127.0.0.1:%d%s".formatted(port, secret)))
                    .map(endpoint -> new Server(process, client(endpoint), endpoint))
                    .orElseThrow(() -> {
                        stop(process);
                        return new IllegalStateException("S3 did not start");
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> command(String path) {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        return List.of(
                "/bin/sh",
                "-c",
                UNTIL_INPUT_CLOSES,
                "s3",
                java.toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-jar",
                jar().toString(),
                "--com.adobe.testing.s3mock.store.root=" + folder,
                "--com.adobe.testing.s3mock.store.retainFilesOnExit=true",
                "--com.adobe.testing.s3mock.controller.contextPath=" + path,
                "--com.adobe.testing.s3mock.httpPort=0",
                "--server.address=127.0.0.1",
                "--server.port=0",
                "--server.ssl.enabled=false");
    }

    /** In a checkout, and in the program's archive. */
    private static Path jar() {
        return Stream.of("target/server-backup/s3/s3mock.jar", "s3/s3mock.jar")
                .map(Home::file)
                .filter(Files::exists)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("S3 is not built: mvn process-test-classes"))
                .toAbsolutePath();
    }

    /** Waits until it answers. What it logs later is read, lest it wait, and dropped. */
    private static Optional<Integer> port(Process process) throws IOException {
        BufferedReader log = process.inputReader();
        for (String line = log.readLine(); line != null; line = log.readLine()) {
            Matcher started = STARTED.matcher(line);
            if (started.find()) {
                Thread.startVirtualThread(() -> log.lines().forEach(_ -> {}));
                return Optional.of(Integer.valueOf(started.group(1)));
            }
        }
        return Optional.empty();
    }

    private static S3Client client(URI endpoint) {
        return S3Client.builder()
                .endpointOverride(endpoint)
                .forcePathStyle(true)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(ANY_KEY, ANY_KEY)))
                .httpClient(UrlConnectionHttpClient.create())
                .build();
    }

    @Override
    public synchronized void close() {
        server.ifPresent(running -> {
            running.client.close();
            stop(running.process);
        });
        server = Optional.empty();
    }

    private static void stop(Process process) {
        try (var _ = process.getOutputStream()) {
            // Closed, it ends.
        } catch (IOException e) {
            process.destroy();
        }
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
            }
        } catch (InterruptedException e) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            Thread.currentThread().interrupt();
        }
    }
}
