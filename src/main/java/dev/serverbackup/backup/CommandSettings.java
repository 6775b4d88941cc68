package dev.serverbackup.backup;

import dev.serverbackup.backup.Documents.DocumentReference;
import java.time.Duration;
import java.util.Optional;

/**
 * How one kind of operation is run on the servers themselves.
 *
 * @param document the only one that is ever sent
 * @param delivery how long a command may wait for the server's agent: 30 seconds to 30 days
 * @param execution how long it may run: 1 minute to 48 hours
 * @param logGroup where its output goes as well
 */
public record CommandSettings(
        DocumentReference document, Duration delivery, Duration execution, Optional<String> logGroup) {}
