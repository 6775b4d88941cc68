package dev.serverbackup.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import dev.serverbackup.FollowUpHandler;
import dev.serverbackup.backup.Backup;
import dev.serverbackup.backup.BackupOperation;
import dev.serverbackup.backup.CommandSettings;
import dev.serverbackup.backup.Documents.DocumentReference;
import dev.serverbackup.backup.OperationResult;
import dev.serverbackup.backup.runcommand.CommandOperations;
import dev.serverbackup.request.ServerName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.SsmClientBuilder;

/**
 * Shows what follows a backup on an instance: a verification; the detection of a damaged artefact; and a restore of
 * deleted files, compared byte for byte. All commands really run.
 */
final class DemoRestore {
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(15);
    private static final Duration BETWEEN_PASSES = Duration.ofMinutes(5);
    private static final Duration A_WEEK = Duration.ofDays(7);
    /** The files that the sample servers' scripts back up and restore. */
    private static final String SPOILED = "i-0a1b2c3d4e5f60004";

    private static final String RESTORED = "mi-0a1b2c3d4e5f60003";
    private static final String LIVE_FILE = "wiki/pages.sql";

    private final DemoEnvironment scene;
    private final OffsetClock clock;
    private final FollowUpHandler followUp;
    private final String runId;

    DemoRestore(DemoEnvironment scene, OffsetClock clock, FollowUpHandler followUp, String runId) {
        this.scene = scene;
        this.clock = clock;
        this.followUp = followUp;
        this.runId = runId;
    }

    /** Prints nothing if the run has made no backups of these servers. */
    String told() {
        Optional<Backup> spoiled = backup(SPOILED);
        Optional<Backup> restored = backup(RESTORED);
        return spoiled.isEmpty() || restored.isEmpty()
                ? ""
                : verified() + foundSpoiled(spoiled.get()) + restored(restored.get());
    }

    private String verified() {
        pass(BETWEEN_PASSES);
        pass(BETWEEN_PASSES);
        TextTable table = new TextTable("SERVER", "RESULT", "WHAT WAS CHECKED");
        entries().forEach(entry -> {
            if (entry.containsKey("verification")) {
                Map<String, AttributeValue> result = entry.get("verification").m();
                table.add(
                        entry.get("serverName").s(),
                        result.get("result").s(),
                        result.get("checked").s());
            }
        });
        return "\nVERIFICATION AND RESTORE\n" + table;
    }

    /** Damages an artefact; a week later the next verification is due. */
    private String foundSpoiled(Backup backup) {
        Path artefact = Path.of(backup.artefact());
        byte[] content = read(artefact);
        content[content.length / 2] ^= 1;
        write(artefact, content);
        pass(A_WEEK);
        pass(BETWEEN_PASSES);
        Map<String, AttributeValue> result =
                entry(SPOILED).orElseThrow().get("verification").m();
        return """

            A WEEK LATER, AFTER ONE BIT OF %s HAS CHANGED
              the verification of %s: %s
              %s
            """.formatted(
                        artefact.getFileName(),
                        SPOILED,
                        result.get("result").s(),
                        result.get("error").m().get("message").s());
    }

    /** Deletes the server's files. */
    private String restored(Backup backup) {
        Path live = scene.cloud().commands().root(RESTORED).resolve(LIVE_FILE);
        byte[] before = read(live);
        write(live, "lost".getBytes(UTF_8));
        String came = restore(new BackupOperation(
                BackupOperation.Kind.RESTORE,
                "%032x".formatted(clock.instant().toEpochMilli()),
                backup,
                new ServerName(RESTORED),
                clock.instant()));
        boolean same = Arrays.equals(before, read(live));
        return """

            A RESTORE, AFTER %s OF %s WAS OVERWRITTEN
              backup    %s
              restore   %s
              %s is %s
            """.formatted(LIVE_FILE, RESTORED, backup.id(), came, LIVE_FILE, same ? "identical" : "DIFFERENT");
    }

    private String restore(BackupOperation restore) {
        SsmClientBuilder builder = SsmClient.builder();
        scene.cloud().configure(builder);
        var settings = new CommandSettings(
                DocumentReference.parse("restore:1"), Duration.ofMinutes(10), Duration.ofHours(1), Optional.empty());
        var operations = CommandOperations.with(builder, settings, clock, CALL_TIMEOUT);
        OperationResult.OfStart started =
                operations.start(restore, clock.instant().plus(CALL_TIMEOUT));
        if (!(started instanceof OperationResult.Running(var command))) {
            return "not begun: " + started;
        }
        scene.awaitCommands();
        return switch (operations.state(restore, command)) {
            case OperationResult.Succeeded _ -> "SUCCEEDED";
            case OperationResult.Failed(var error) -> "FAILED: " + error.message();
            case OperationResult.Running _ -> "still runs";
            case OperationResult.Unavailable(var error) -> "not known: " + error.message();
        };
    }

    private void pass(Duration later) {
        clock.forward(later);
        followUp.handleRequest(new ScheduledEvent(), context(clock));
        scene.awaitCommands();
    }

    private static LocalContext context(InstantSource clock) {
        return new LocalContext("demo-verification", clock.instant().plus(Duration.ofMinutes(15)), clock);
    }

    private List<Map<String, AttributeValue>> entries() {
        return DemoReport.items(scene.cloud(), runId);
    }

    private Optional<Map<String, AttributeValue>> entry(String server) {
        return entries().stream()
                .filter(item -> item.get("entry").s().equals("server#" + server))
                .findFirst();
    }

    private Optional<Backup> backup(String server) {
        return entry(server)
                .filter(item -> item.get("status").s().equals("SUCCEEDED"))
                .map(item -> item.get("backup").m())
                .map(members -> {
                    Map<String, Object> plain = new TreeMap<>();
                    members.forEach((name, value) -> {
                        switch (value.type()) {
                            case S -> plain.put(name, value.s());
                            case N -> plain.put(name, new BigDecimal(value.n()));
                            case B, SS, NS, BS, M, L, NUL, BOOL, UNKNOWN_TO_SDK_VERSION -> {}
                        }
                    });
                    return Backup.of(plain);
                });
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, byte[] content) {
        try {
            Files.write(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
