package dev.serverbackup;

import static dev.serverbackup.local.fleet.FleetServer.named;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import dev.serverbackup.local.fleet.FleetServer;
import dev.serverbackup.run.RunReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Several execution environments at once, with nothing in common but the audit table. */
class ConcurrentDeliveriesIT {
    private static final int SERVERS = 12;
    private static final List<String> NAMES =
            IntStream.rangeClosed(1, SERVERS).mapToObj("web-%02d"::formatted).toList();

    @RegisterExtension
    final LocalFunction function = LocalFunction.over(
            NAMES.stream().map(name -> named(name).tagged("Backup", "nightly")).toArray(FleetServer[]::new));

    @Test
    void one_event_delivered_at_once_makes_one_backup_of_each_server() throws Exception {
        String requestId = RequestEvents.newRequestId();
        ScheduledEvent event = RequestEvents.everyServer(requestId);

        List<RunReport> reports = atOnce(event, event, event, event);

        assertThat(function.backedUp()).isEqualTo(NAMES);
        assertThat(function.calls(LocalFunction.CREATE)).hasSize(SERVERS);
        assertThat(function.audit().statuses(requestId).values()).containsOnly("STARTED");
        assertThat(reports).allSatisfy(report -> assertThat(report.targets()).isEqualTo(SERVERS));
    }

    @Test
    void two_runs_at_once_have_a_backup_each_in_the_end() throws Exception {
        ScheduledEvent one = RequestEvents.everyServer("one");
        ScheduledEvent other = RequestEvents.everyServer("other");

        atOnce(one, other);
        assertThat(function.backedUp()).isEqualTo(NAMES);
        assertThat(NAMES)
                .allSatisfy(name -> assertThat(Set.of(
                                function.audit().statuses("one").get(name),
                                function.audit().statuses("other").get(name)))
                        .isEqualTo(Set.of("STARTED", "PENDING")));
        function.free(NAMES);
        function.deliverLater(Duration.ofMinutes(3), one);
        function.deliverLater(Duration.ofMinutes(3), other);

        assertThat(function.manualBackups()).hasSize(2 * SERVERS);
        for (String run : List.of("one", "other")) {
            assertThat(function.audit().statuses(run).values()).containsOnly("STARTED");
            assertThat(function.manualBackups())
                    .filteredOn(backup -> backup.description().endsWith("[run " + run + "]"))
                    .hasSize(SERVERS);
        }
    }

    private List<RunReport> atOnce(ScheduledEvent... events) throws InterruptedException, ExecutionException {
        CyclicBarrier together = new CyclicBarrier(events.length);
        List<Future<RunReport>> deliveries = new ArrayList<>();
        try (var threads =
                Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
            for (ScheduledEvent event : events) {
                Callable<RunReport> delivery = () -> {
                    together.await();
                    return function.deliver(event);
                };
                deliveries.add(threads.submit(delivery));
            }
        }
        List<RunReport> reports = new ArrayList<>();
        for (Future<RunReport> delivery : deliveries) {
            reports.add(delivery.get());
        }
        return reports;
    }
}
