package dev.serverbackup.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.BackupHandler;
import dev.serverbackup.audit.AuditRepository;
import dev.serverbackup.audit.Entry;
import dev.serverbackup.audit.EntryStatus;
import dev.serverbackup.audit.dynamodb.DynamoDbAuditRepository;
import dev.serverbackup.backup.Backup;
import dev.serverbackup.local.EventFile;
import dev.serverbackup.local.LocalCloud;
import dev.serverbackup.local.LocalContext;
import dev.serverbackup.local.fleet.Fleet;
import dev.serverbackup.local.fleet.FleetServer;
import dev.serverbackup.local.opsworkscm.account.Durations;
import dev.serverbackup.local.opsworkscm.account.Limits;
import dev.serverbackup.request.BackupRequest;
import dev.serverbackup.request.RunId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * A cloud to crash on, and what must hold there afterwards. Its backups take no time: a server busy with a first backup
 * would refuse a second, and hide that it was asked for.
 */
final class Crashes implements AutoCloseable {
    private static final Duration FUNCTION_TIMEOUT = Duration.ofMinutes(2);
    private static final Duration LEASE_IS_OVER = Duration.ofSeconds(121);
    private static final Duration MUCH_LATER = Duration.ofMinutes(50);

    private final LocalCloud cloud;
    private final AuditRepository audit;
    private final Clock now = Clock.tickMillis(ZoneOffset.UTC);
    private final InstantSource shifted = () -> now.instant().plus(this.later);
    private final BackupHandler handler;
    private volatile Duration later = Duration.ZERO;

    /** With so many servers. */
    Crashes(int servers) {
        FleetServer[] fleet = IntStream.rangeClosed(1, servers)
                .mapToObj(n -> FleetServer.named(name(n)).tagged("Of", Integer.toString(n)))
                .toArray(FleetServer[]::new);
        cloud = LocalCloud.start(Fleet.of(fleet)
                .unthrottled()
                .limited(new Limits(servers, Integer.MAX_VALUE))
                .taking(new Durations(Duration.ZERO, Duration.ZERO, Duration.ZERO)));
        handler =
                new BackupHandler(cloud.application(Map.of("CALLS_PER_SECOND", "1000", "CALL_BURST", "1000"), shifted));
        audit = new DynamoDbAuditRepository(cloud.dynamoDb().client(), LocalCloud.AUDIT_TABLE, InstantSource.system());
    }

    /** A request for the first so many of the servers. */
    static String event(String requestId, int servers) {
        List<String> tags =
                IntStream.rangeClosed(1, servers).mapToObj(n -> "\"" + n + "\"").toList();
        return """
            {"detail": {"requestId": "%s", "selector": {"tags": {"Of": %s}}}}\
            """.formatted(requestId, tags);
    }

    LocalCloud cloud() {
        return cloud;
    }

    /** Delivers the event until nothing is due, and compares the audit with what the service holds. */
    void deliverAgainAndCompare(String requestId, int servers) {
        String event = event(requestId, servers);
        deliver(event, Duration.ZERO);
        deliver(event, LEASE_IS_OVER);
        assertEachHasOneBackup(new RunId(requestId), servers);
        var before = audit.entries(new RunId(requestId));
        deliver(event, MUCH_LATER);
        assertThat(audit.entries(new RunId(requestId))).isEqualTo(before);
        assertEachHasOneBackup(new RunId(requestId), servers);
    }

    /** To another execution environment, when so much time has passed. */
    private void deliver(String event, Duration passed) {
        later = passed;
        Instant end = shifted.instant().plus(FUNCTION_TIMEOUT);
        handler.handleRequest(
                EventFile.parse(event), new LocalContext(UUID.randomUUID().toString(), end, shifted));
    }

    private void assertEachHasOneBackup(RunId runId, int servers) {
        List<String> names =
                IntStream.rangeClosed(1, servers).mapToObj(Crashes::name).toList();
        List<Entry> entries = audit.entries(runId);
        assertThat(audit.run(runId)).isPresent();
        assertThat(entries).extracting(entry -> entry.serverName().value()).containsExactlyElementsOf(names);
        assertThat(entries).extracting(Entry::status).containsOnly(EntryStatus.STARTED);
        var marked = cloud.aws().backups().stream()
                .filter(backup -> backup.description().endsWith(BackupRequest.marker(runId)))
                .toList();
        assertThat(marked).extracting(backup -> backup.serverName()).containsExactlyInAnyOrderElementsOf(names);
        assertThat(marked)
                .extracting(backup -> backup.id())
                .containsExactlyInAnyOrderElementsOf(entries.stream()
                        .map(entry -> entry.backup().map(Backup::id).orElseThrow())
                        .toList());
    }

    @Override
    public void close() {
        cloud.close();
    }

    private static String name(int number) {
        return "server-%02d".formatted(number);
    }
}
