package dev.serverbackup.backup;

import dev.serverbackup.backup.Documents.DocumentReference;
import java.time.Duration;
import java.util.Optional;

/**
 * How Run Command runs one kind of operation.
 *
 * @param document the only document that is sent
 * @param delivery how long a command may wait for the server's agent: 30 seconds to 30 days
 * @param execution how long it may run: 1 minute to 48 hours
 * @param logGroup the CloudWatch Logs group that also gets its output
 */
public record CommandSettings(
        DocumentReference document, Duration delivery, Duration execution, Optional<String> logGroup) {}
