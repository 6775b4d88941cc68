package dev.serverbackup.run;

import static dev.serverbackup.Samples.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serverbackup.InMemoryApplication;
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
    private final InMemoryApplication app = InMemoryApplication.over(ALPHA, BRAVO, CHARLIE);

    @Test
    void every_target_is_called_once_however_often_the_event_is_delivered() {
        RunReport report = app.deliver();

        assertThat(report.counts()).isEqualTo(Map.of("STARTED", 3));
        assertThat(app.service.sent())
                .extracting(Sent::server)
                .containsExactly(ALPHA.name(), BRAVO.name(), CHARLIE.name());
        assertThat(app.service.sent())
                .extracting(Sent::description)
                .containsOnly("before release 4711" + BackupRequest.marker(NIGHTLY));
        app.later(Duration.ofHours(6));
        assertThat(app.deliver()).isEqualTo(report);
        assertThat(app.service.sent()).hasSize(3);
    }

    @Test
    void a_later_delivery_uses_the_first_ones_targets_and_does_not_resolve_again() {
        app.service.misbehave(Fault.THROTTLED);
        app.deliver();
        app.later(Duration.ofMinutes(5));

        RunReport report = app.deliver(request(NIGHTLY), _ -> {
            throw new AssertionError("resolved again");
        });

        assertThat(report.counts()).isEqualTo(Map.of("STARTED", 3));
    }

    @Test
    void of_two_deliveries_that_resolve_at_once_the_first_row_stands() {
        app.deliver(request(NIGHTLY), _ -> {
            app.deliver(request(NIGHTLY), _ -> InMemoryApplication.found(List.of(ALPHA)));
            return InMemoryApplication.found(List.of(BRAVO, CHARLIE));
        });

        assertThat(app.service.sent()).extracting(Sent::server).containsExactly(ALPHA.name());
        assertThat(app.audit.entries(NIGHTLY)).extracting(Entry::server).containsExactly(ALPHA);
    }

    @Test
    void all_entries_are_written_before_the_first_call_and_a_later_delivery_writes_what_is_missing() {
        app.failingAudit.refuse(entry -> entry.server().equals(CHARLIE));
        assertThatThrownBy(app::deliver).hasMessage("no answer");
        assertThat(app.audit.entries(NIGHTLY))
                .extracting(Entry::status)
                .containsExactly(EntryStatus.PENDING, EntryStatus.PENDING);
        assertThat(app.service.sent()).isEmpty();
        app.failingAudit.recover();

        assertThat(app.deliver().counts()).isEqualTo(Map.of("STARTED", 3));

        assertThat(app.entry(CHARLIE).server().arn()).isEqualTo(CHARLIE.arn());
    }

    @Test
    void a_dry_run_calls_and_writes_nothing() {
        RunReport report = app.deliver(request(NIGHTLY, "", true, 1_000));

        assertThat(report.status()).isEqualTo("DRY_RUN");
        assertThat(report.targets()).isEqualTo(3);
        assertThat(app.audit.run(NIGHTLY)).isEmpty();
        assertThat(app.audit.entries(NIGHTLY)).isEmpty();
        assertThat(app.service.sent()).isEmpty();
        assertThat(app.measured).isEmpty();
    }

    @Test
    void tags_that_cannot_be_read_fail_the_run_before_anything_is_written() {
        assertThatThrownBy(() -> app.deliver(request(NIGHTLY), _ -> {
                    throw new ServersUnavailableException("no tags", new IllegalStateException("503"));
                }))
                .isInstanceOf(ServersUnavailableException.class);

        assertThat(app.audit.run(NIGHTLY)).isEmpty();
    }

    @Test
    void a_run_without_targets_is_written_and_says_so() {
        app.fleetBecomes();

        assertThat(app.deliver().status()).isEqualTo("NO_TARGETS");

        assertThat(app.audit.run(NIGHTLY)).map(Run::status).contains(RunStatus.NO_TARGETS);
    }

    @Test
    void one_refused_server_does_not_stop_the_others() {
        app.service.misbehave(Fault.ACCESS_DENIED);

        assertThat(app.deliver().counts()).isEqualTo(Map.of("FAILED", 1, "STARTED", 2));

        assertThat(app.entry(ALPHA).error().orElseThrow().type().name()).isEqualTo("AccessDeniedException");
        assertThat(app.audit.run(NIGHTLY)).map(Run::status).contains(RunStatus.RUNNING);
    }

    @Test
    void a_run_whose_entries_are_all_final_is_settled() {
        app.service.misbehave(Fault.ACCESS_DENIED, Fault.ACCESS_DENIED, Fault.ACCESS_DENIED);

        app.deliver();

        Run settled = app.audit.run(NIGHTLY).orElseThrow();
        assertThat(settled.status()).isEqualTo(RunStatus.FAILED);
        assertThat(settled.counts()).isEqualTo(Map.of(EntryStatus.FAILED, 3));
    }

    @Test
    void the_meter_is_reported_what_this_delivery_did_and_nothing_twice() {
        app.service.misbehave(Fault.ACCESS_DENIED, Fault.THROTTLED);
        app.deliver();

        assertThat(app.measured).containsExactly("3 targets", "alpha FAILED", "charlie STARTED");
        app.measured.clear();
        app.later(Duration.ofMinutes(5));
        app.deliver();
        app.deliver();

        assertThat(app.measured).containsExactly("bravo STARTED");
    }

    @Test
    void a_run_that_was_killed_before_its_entries_were_written_is_counted_by_the_next_delivery() {
        app.audit.open(run(ALPHA, BRAVO, CHARLIE));

        app.deliver();

        assertThat(app.measured).first().isEqualTo("3 targets");
    }

    @Test
    void a_run_that_has_its_final_status_keeps_it_although_entries_of_it_have_expired() {
        Run ended = run(ALPHA, BRAVO, CHARLIE)
                .standing(RunStatus.PARTIALLY_FAILED, Map.of(EntryStatus.SUCCEEDED, 2, EntryStatus.FAILED, 1));
        app.audit.open(run(ALPHA, BRAVO, CHARLIE));
        app.audit.create(pending(ALPHA).failed(BUSY, TWO_O_CLOCK));
        app.audit.finish(ended);

        RunReport report = app.deliver();

        assertThat(report.status()).isEqualTo("PARTIALLY_FAILED");
        assertThat(report.servers()).extracting(RunReport.Line::serverName).containsExactly("alpha");
        assertThat(report.targets()).isEqualTo(3);
        assertThat(report.counts()).isEqualTo(Map.of("SUCCEEDED", 2, "FAILED", 1));
        assertThat(app.audit.entries(NIGHTLY)).hasSize(1);
        assertThat(app.service.servers().all()).isEmpty();
    }
}
