package dev.serverbackup.documents;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.serverbackup.local.s3.LocalS3;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.ObjectLockRetentionMode;
import software.amazon.awssdk.services.s3.model.ObjectVersion;

/**
 * A bucket of one test, which keeps versions and takes locks, on an S3 that all tests of this JVM share and that starts with the
 * first of them.
 */
final class Bucket {
    private static final LocalS3 S3 = untilTheEnd();

    private final String name = "test-" + UUID.randomUUID();

    Bucket() {
        client().createBucket(bucket -> bucket.bucket(name).objectLockEnabledForBucket(true));
        client().putBucketVersioning(bucket -> bucket.bucket(name)
                .versioningConfiguration(versions -> versions.status(BucketVersioningStatus.ENABLED)));
    }

    private static LocalS3 untilTheEnd() {
        try {
            Path folder = Files.createTempDirectory("s3-of-tests");
            LocalS3 s3 = new LocalS3(folder);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                s3.close();
                delete(folder);
            }));
            return s3;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String name() {
        return name;
    }

    URI endpoint() {
        return S3.endpoint();
    }

    private static S3Client client() {
        return S3.client();
    }

    /** The keys of what is not deleted, in order. By the versions, since S3Mock lists deleted objects among the others. */
    List<String> keys() {
        return keys(ObjectVersion::isLatest);
    }

    /** The keys of all versions, deleted or not, in order. */
    List<String> versions() {
        return keys(_ -> true);
    }

    private List<String> keys(Predicate<ObjectVersion> wanted) {
        return client().listObjectVersions(bucket -> bucket.bucket(name)).versions().stream()
                .filter(wanted)
                .map(ObjectVersion::key)
                .sorted()
                .toList();
    }

    byte[] content(String key) {
        return client().getObjectAsBytes(object -> object.bucket(name).key(key)).asByteArray();
    }

    void put(String key, String content) {
        client().putObject(object -> object.bucket(name).key(key), RequestBody.fromString(content, UTF_8));
    }

    void delete(String key) {
        client().deleteObject(object -> object.bucket(name).key(key));
    }

    /** Locks the newest version. */
    void lock(String key, Instant until) {
        client().putObjectRetention(object -> object.bucket(name)
                .key(key)
                .retention(lock -> lock.mode(ObjectLockRetentionMode.COMPLIANCE).retainUntilDate(until)));
    }

    /** Begins an upload, and does not end it. */
    void beginUpload(String key) {
        client().createMultipartUpload(upload -> upload.bucket(name).key(key));
    }

    /** The keys of unfinished uploads, in order. */
    List<String> uploads() {
        return client().listMultipartUploads(bucket -> bucket.bucket(name)).uploads().stream()
                .map(MultipartUpload::key)
                .sorted()
                .toList();
    }
}
