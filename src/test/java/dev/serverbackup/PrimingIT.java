package dev.serverbackup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.local.LocalCloud;
import dev.serverbackup.local.fleet.Fleet;
import dev.serverbackup.local.fleet.FleetServer;
import dev.serverbackup.local.http.CallPattern;
import dev.serverbackup.local.http.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** What is read before a snapshot, and what must not be left of it. */
class PrimingIT {
    private static final Map<String, String> ON_OPSWORKS_CM = Map.of();
    private static final Map<String, String> ON_INSTANCES = Map.of(
            "BACKUP_BACKEND",
            Deployed.SYSTEMS_MANAGER,
            "BACKUP_DOCUMENT",
            "Backup:1",
            "DELETION_DOCUMENT",
            "Delete:1",
            "VERIFICATION_DOCUMENT",
            "Verify:1",
            "BACKUP_DESTINATION",
            "s3://backups/servers");

    private static final int REMOTE = 2;
    private static final int STATE = 3;
    private static final String ESTABLISHED = "01";

    @AutoClose
    private final LocalCloud cloud = LocalCloud.start(
            Fleet.of(FleetServer.named("alpha").tagged("Backup", "nightly")).unthrottled());

    @Test
    void it_reads_once_from_each_service_that_a_run_calls_and_its_role_allows_that() {
        assertThat(calls(Role.RUN, ON_OPSWORKS_CM))
                .isEqualTo(Map.of("GetItem", 1.0, "GetResources", 1.0, "DescribeBackups", 1.0));
        assertThat(calls(Role.RUN_ON_INSTANCES, ON_INSTANCES))
                .isEqualTo(Map.of("GetItem", 1.0, "GetResources", 1.0, "DescribeInstanceInformation", 1.0));
    }

    @Test
    void a_read_that_fails_is_logged_and_stops_neither_the_others_nor_the_start() {
        cloud.aws().faults().always(CallPattern.of("GetResources"), Fault.accessDenied());

        try (PrintedLines printed = new PrintedLines()) {
            assertThat(calls(Role.RUN, ON_OPSWORKS_CM)).containsKeys("GetItem", "DescribeBackups");

            assertThat(printed.logged()).singleElement().satisfies(line -> {
                assertThat(line.path("level").asText()).isEqualTo("WARN");
                assertThat(line.path("message").asText())
                        .isEqualTo("priming could not read from the tags; the first run after a restore may be slower");
            });
        }
    }

    /** A connection that slept in a snapshot is dead: what is sent on it may or may not arrive. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void it_leaves_no_connection_open() throws IOException {
        Set<Integer> ports = Set.of(
                cloud.aws().endpoint().getPort(), cloud.dynamoDb().endpoint().getPort());
        long before = connectionsTo(ports);

        prime(ON_OPSWORKS_CM);

        assertThat(connectionsTo(ports)).isEqualTo(before);
    }

    /** Established ones of this machine's clients: proc(5), net/tcp, where an address is {@code <hex IP>:<hex port>}. */
    private static long connectionsTo(Set<Integer> ports) throws IOException {
        long found = 0;
        for (Path table : List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"))) {
            found += Files.readAllLines(table).stream()
                    .skip(1)
                    .map(line -> List.of(line.strip().split(" +", -1)))
                    .filter(fields -> fields.get(STATE).equals(ESTABLISHED) && ports.contains(port(fields.get(REMOTE))))
                    .count();
        }
        return found;
    }

    private static int port(String address) {
        return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1), 16);
    }

    /** How often each operation was called. */
    private Map<String, Double> calls(Role role, Map<String, String> settings) {
        Map<String, Double> counts = new TreeMap<>(Meter.during(() -> PermissionCheck.as(role, () -> prime(settings))));
        counts.keySet().removeAll(Set.of(Meter.READ_UNITS, Meter.WRITE_UNITS));
        return counts;
    }

    private Priming prime(Map<String, String> settings) {
        Map<String, String> all = new TreeMap<>(settings);
        all.put("AUDIT_TABLE", LocalCloud.AUDIT_TABLE);
        all.put("DEFAULT_SELECTOR", LocalCloud.DEFAULT_SELECTOR);
        Priming priming = new Priming(Settings.from(all), cloud::configure);
        priming.beforeCheckpoint(null);
        return priming;
    }
}
