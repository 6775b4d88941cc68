package dev.serverbackup.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.local.LocalCloud;
import dev.serverbackup.local.fleet.Fleet;
import dev.serverbackup.local.fleet.FleetServer;
import dev.serverbackup.local.http.CallPattern;
import dev.serverbackup.local.http.Fault;
import dev.serverbackup.runtime.Answer;
import dev.serverbackup.runtime.FunctionProcess;
import dev.serverbackup.runtime.FunctionVariables;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** As deployed, in a process of its own. */
class KeptConnectionsIT {
    private static final int SERVERS = 48;
    private static final int CALLS_AT_ONCE = 16;

    @Test
    void calls_under_way_at_once_have_a_connection_each_and_later_ones_take_those() throws Exception {
        FunctionProcess.assumeRuntimeRunsHere();
        FleetServer[] fleet = IntStream.range(0, SERVERS)
                .mapToObj(i -> FleetServer.named("server-" + i).tagged("Backup", "nightly"))
                .toArray(FleetServer[]::new);
        try (LocalCloud cloud = LocalCloud.start(Fleet.of(fleet).unthrottled());
                Wire wire = new Wire()) {
            // Or hardly two calls would be under way at once.
            cloud.aws().faults().always(CallPattern.of("CreateBackup"), Fault.slow(Duration.ofMillis(100)));
            Map<String, String> variables = new HashMap<>(FunctionVariables.of(cloud));
            variables.put(
                    "AWS_ENDPOINT_URL_OPSWORKSCM",
                    wire.to(cloud.aws().endpoint()).toString());
            try (FunctionProcess function = FunctionProcess.start(variables)) {
                assertThat(function.invoke("""
                    {"detail": {"requestId": "nightly", "selector": {"tags": {"Backup": []}}}}\
                    """)).isInstanceOf(Answer.Result.class);
            }

            assertThat(wire.operations()).hasSize(SERVERS);
            assertThat(wire.connections()).isLessThanOrEqualTo(CALLS_AT_ONCE);
        }
    }
}
