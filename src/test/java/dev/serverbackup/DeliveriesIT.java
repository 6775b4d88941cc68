package dev.serverbackup;

import static dev.serverbackup.local.fleet.FleetServer.named;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import dev.serverbackup.local.fleet.FleetServer;
import dev.serverbackup.run.RunReport;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The same event again, later or at the same time, over a real table: one run, and one backup for each server. */
class DeliveriesIT {
    private static final List<String> NAMES =
            IntStream.rangeClosed(1, 12).mapToObj("web-%02d"::formatted).toList();

    private final ScheduledEvent event = RequestEvents.everyServer("nightly");

    @RegisterExtension
    final LocalFunction function = LocalFunction.over(
            NAMES.stream().map(name -> named(name).tagged("Backup", "nightly")).toArray(FleetServer[]::new));

    @Test
    void a_second_delivery_makes_no_new_backup_and_changes_no_row() {
        RunReport first = function.deliver(event);
        var rows = function.audit().items();

        RunReport second = function.deliver(event);

        assertThat(second).isEqualTo(first);
        assertThat(function.audit().items()).containsExactlyInAnyOrderElementsOf(rows);
        assertThat(function.backedUp()).isEqualTo(NAMES);
    }

    /** Several execution environments with nothing in common but the audit table. */
    @Test
    void one_event_delivered_at_once_makes_one_backup_of_each_server() throws Exception {
        List<RunReport> reports = atOnce(4);

        assertThat(function.backedUp()).isEqualTo(NAMES);
        assertThat(function.calls(LocalFunction.CREATE)).hasSize(NAMES.size());
        assertThat(function.audit().statuses("nightly").values()).containsOnly("STARTED");
        assertThat(reports).extracting(RunReport::targets).containsOnly(NAMES.size());
    }

    private List<RunReport> atOnce(int many) throws Exception {
        CyclicBarrier together = new CyclicBarrier(many);
        Callable<RunReport> delivery = () -> {
            together.await();
            return function.deliver(event);
        };
        List<Future<RunReport>> deliveries = new ArrayList<>();
        try (var threads =
                Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
            for (int i = 0; i < many; i++) {
                deliveries.add(threads.submit(delivery));
            }
        }
        List<RunReport> reports = new ArrayList<>();
        for (Future<RunReport> done : deliveries) {
            reports.add(done.get());
        }
        return reports;
    }
}
