package dev.serverbackup.local.fleet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.serverbackup.local.opsworkscm.account.Snapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * Where an account is kept between two starts: JSON, replaced as a whole with each change, so that a process that is
 * killed leaves the account as it was before or after one. For one process at a time.
 */
public final class StateFile {

    private static final JsonMapper JSON = JsonMapper.builder()
            .addModules(new JavaTimeModule(), new Jdk8Module())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    private final Path file;

    public StateFile(Path file) {
        this.file = file.toAbsolutePath();
    }

    /**
     * What was kept; absent if the file is not there yet.
     *
     * @throws FleetException if the file holds something else
     * @throws UncheckedIOException if it cannot be read
     */
    public Optional<Snapshot> read() {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readValue(TextFile.read("state file", file), Snapshot.class));
        } catch (JsonProcessingException mistake) {
            var at = mistake.getLocation();
            throw new FleetException(
                    file.toString(),
                    "holds no state of a local cloud (line %d, column %d); another --state folder begins anew"
                            .formatted(at == null ? 1 : at.getLineNr(), at == null ? 1 : at.getColumnNr()));
        }
    }

    /** @throws UncheckedIOException if it cannot be written */
    public void write(Snapshot snapshot) {
        var next = file.resolveSibling(file.getFileName() + ".next");
        try {
            Files.createDirectories(file.getParent());
            Files.write(next, JSON.writeValueAsBytes(snapshot));
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException unwritable) {
            throw new UncheckedIOException("cannot write the state file " + file, unwritable);
        }
    }
}
