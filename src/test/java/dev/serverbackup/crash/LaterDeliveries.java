package dev.serverbackup.crash;

import dev.serverbackup.BackupHandler;
import dev.serverbackup.local.EventFile;
import dev.serverbackup.local.LocalCloud;
import dev.serverbackup.local.LocalContext;
import dev.serverbackup.run.RunReport;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.UUID;

/**
 * Another execution environment, to which an event is delivered again: at once, or when as much time has passed as
 * told.
 */
final class LaterDeliveries {
    private static final Duration FUNCTION_TIMEOUT = Duration.ofMinutes(2);

    private final Clock now = Clock.tickMillis(ZoneOffset.UTC);
    private final InstantSource shifted = () -> now.instant().plus(this.later);
    private final BackupHandler handler;
    private volatile Duration later = Duration.ZERO;

    LaterDeliveries(LocalCloud cloud) {
        handler =
                new BackupHandler(cloud.application(Map.of("CALLS_PER_SECOND", "1000", "CALL_BURST", "1000"), shifted));
    }

    RunReport deliver(String event, Duration passed) {
        later = passed;
        var context =
                new LocalContext(UUID.randomUUID().toString(), shifted.instant().plus(FUNCTION_TIMEOUT), shifted);
        return handler.handleRequest(EventFile.parse(event), context);
    }
}
