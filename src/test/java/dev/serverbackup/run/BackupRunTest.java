package dev.serverbackup.run;

import static dev.serverbackup.Samples.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serverbackup.audit.Entry;
import dev.serverbackup.audit.EntryStatus;
import dev.serverbackup.audit.Run;
import dev.serverbackup.audit.RunStatus;
import dev.serverbackup.backup.FakeBackupService.Fault;
import dev.serverbackup.backup.FakeBackupService.Sent;
import dev.serverbackup.request.BackupRequest;
import dev.serverbackup.server.ServersUnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BackupRunTest {
    private static final Duration QUARTER = Duration.ofMinutes(15);

    private final Scene scene = Scene.of(ALPHA, BRAVO, CHARLIE);

    @Test
    void every_target_is_called_once_and_has_its_entry() {
        RunReport report = scene.deliver();

        assertThat(report.counts()).isEqualTo(Map.of("STARTED", 3));
        assertThat(scene.service.sent())
                .extracting(Sent::server)
                .containsExactly(ALPHA.name(), BRAVO.name(), CHARLIE.name());
        assertThat(scene.service.sent())
                .extracting(Sent::description)
                .containsOnly("before release 4711" + BackupRequest.marker(NIGHTLY));
    }

    @Test
    void a_second_delivery_calls_nothing_and_reports_the_same() {
        RunReport first = scene.deliver();
        scene.later(Duration.ofHours(6));

        assertThat(scene.deliver()).isEqualTo(first);

        assertThat(scene.service.sent()).hasSize(3);
    }

    @Test
    void a_later_delivery_uses_the_first_ones_targets_and_does_not_resolve_again() {
        scene.service.misbehave(Fault.THROTTLED);
        scene.deliver();
        scene.later(Duration.ofMinutes(5));

        RunReport report = scene.deliver(request(NIGHTLY), QUARTER, _ -> {
            throw new AssertionError("resolved again");
        });

        assertThat(report.counts()).isEqualTo(Map.of("STARTED", 3));
    }

    @Test
    void of_two_deliveries_that_resolve_at_once_the_first_row_stands() {
        scene.deliver(request(NIGHTLY), QUARTER, _ -> {
            scene.deliver(request(NIGHTLY), QUARTER, _ -> Scene.found(List.of(ALPHA)));
            return Scene.found(List.of(BRAVO, CHARLIE));
        });

        assertThat(scene.service.sent()).extracting(Sent::server).containsExactly(ALPHA.name());
        assertThat(scene.table.entries(NIGHTLY)).extracting(Entry::server).containsExactly(ALPHA);
    }

    @Test
    void all_entries_are_written_before_the_first_call_and_a_later_delivery_writes_what_is_missing() {
        scene.audit.refuse(entry -> entry.server().equals(CHARLIE));
        assertThatThrownBy(scene::deliver).hasMessage("no answer");
        assertThat(scene.table.entries(NIGHTLY))
                .extracting(Entry::status)
                .containsExactly(EntryStatus.PENDING, EntryStatus.PENDING);
        assertThat(scene.service.sent()).isEmpty();
        scene.audit.recover();

        assertThat(scene.deliver().counts()).isEqualTo(Map.of("STARTED", 3));

        assertThat(scene.entry(CHARLIE).server().arn()).isEqualTo(CHARLIE.arn());
    }

    @Test
    void a_dry_run_calls_and_writes_nothing() {
        RunReport report = scene.deliver(request(NIGHTLY, "", true, 1_000));

        assertThat(report.status()).isEqualTo("DRY_RUN");
        assertThat(report.targets()).isEqualTo(3);
        assertThat(scene.table.run(NIGHTLY)).isEmpty();
        assertThat(scene.table.entries(NIGHTLY)).isEmpty();
        assertThat(scene.service.sent()).isEmpty();
        assertThat(scene.told).isEmpty();
    }

    @Test
    void tags_that_cannot_be_read_fail_the_run_before_anything_is_written() {
        assertThatThrownBy(() -> scene.deliver(request(NIGHTLY), QUARTER, _ -> {
                    throw new ServersUnavailableException("no tags", new IllegalStateException("503"));
                }))
                .isInstanceOf(ServersUnavailableException.class);

        assertThat(scene.table.run(NIGHTLY)).isEmpty();
    }

    @Test
    void a_run_without_targets_is_written_and_says_so() {
        scene.fleetBecomes();

        assertThat(scene.deliver().status()).isEqualTo("NO_TARGETS");

        assertThat(scene.table.run(NIGHTLY)).map(Run::status).contains(RunStatus.NO_TARGETS);
    }

    @Test
    void one_refused_server_does_not_stop_the_others() {
        scene.service.misbehave(Fault.ACCESS_DENIED);

        assertThat(scene.deliver().counts()).isEqualTo(Map.of("FAILED", 1, "STARTED", 2));

        assertThat(scene.entry(ALPHA).error().orElseThrow().type().name()).isEqualTo("AccessDeniedException");
        assertThat(scene.table.run(NIGHTLY)).map(Run::status).contains(RunStatus.RUNNING);
    }

    @Test
    void a_run_whose_entries_are_all_final_is_settled() {
        scene.service.misbehave(Fault.ACCESS_DENIED, Fault.ACCESS_DENIED, Fault.ACCESS_DENIED);

        scene.deliver();

        Run settled = scene.table.run(NIGHTLY).orElseThrow();
        assertThat(settled.status()).isEqualTo(RunStatus.FAILED);
        assertThat(settled.counts()).isEqualTo(Map.of(EntryStatus.FAILED, 3));
    }

    @Test
    void the_meter_is_told_what_this_delivery_did_and_nothing_twice() {
        scene.service.misbehave(Fault.ACCESS_DENIED, Fault.THROTTLED);
        scene.deliver();

        assertThat(scene.told).containsExactly("3 targets", "alpha FAILED", "charlie STARTED");
        scene.told.clear();
        scene.later(Duration.ofMinutes(5));
        scene.deliver();
        scene.deliver();

        assertThat(scene.told).containsExactly("bravo STARTED");
    }

    @Test
    void a_run_that_was_killed_before_its_entries_were_written_is_counted_by_the_next_delivery() {
        scene.table.open(run(ALPHA, BRAVO, CHARLIE));

        scene.deliver();

        assertThat(scene.told).first().isEqualTo("3 targets");
    }

    @Test
    void a_run_that_has_its_final_status_keeps_it_although_entries_of_it_have_expired() {
        Run ended = run(ALPHA, BRAVO, CHARLIE)
                .standing(RunStatus.PARTIALLY_FAILED, Map.of(EntryStatus.SUCCEEDED, 2, EntryStatus.FAILED, 1));
        scene.table.open(run(ALPHA, BRAVO, CHARLIE));
        scene.table.create(pending(ALPHA).failed(BUSY, TWO_O_CLOCK));
        scene.table.finish(ended);

        RunReport report = scene.deliver();

        assertThat(report.status()).isEqualTo("PARTIALLY_FAILED");
        assertThat(report.servers()).extracting(RunReport.Line::serverName).containsExactly("alpha");
        assertThat(report.targets()).isEqualTo(3);
        assertThat(report.counts()).isEqualTo(Map.of("SUCCEEDED", 2, "FAILED", 1));
        assertThat(scene.table.entries(NIGHTLY)).hasSize(1);
        assertThat(scene.service.servers().all()).isEmpty();
    }
}
