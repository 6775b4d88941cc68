package dev.serverbackup.run;

import static dev.serverbackup.Samples.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serverbackup.InMemoryApplication;
import dev.serverbackup.audit.AuditRepository.Oversize;
import dev.serverbackup.backup.BackupBackend;
import dev.serverbackup.request.BackupRequest;
import dev.serverbackup.request.InvalidRequestException;
import dev.serverbackup.request.Plan;
import dev.serverbackup.request.RunId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused as a whole, before anything is called or written for it. */
class RefusedRunTest {
    private final InMemoryApplication app = InMemoryApplication.over(ALPHA, BRAVO, CHARLIE);

    private void assertNothingCalledOrWritten() {
        assertThat(app.audit.run(NIGHTLY)).isEmpty();
        assertThat(app.service.servers().all()).isEmpty();
    }

    @Test
    void another_request_under_the_same_run_id_is_refused() {
        app.deliver();
        BackupRequest other = request(NIGHTLY, "other words", false, 1_000);

        assertThatThrownBy(() -> app.deliver(other))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("detail.requestId: run nightly exists with another request (its hash is "
                        + request(NIGHTLY).hash() + ", this one's " + other.hash()
                        + "); send the request with a new requestId");

        assertThat(app.service.sent()).hasSize(3);
    }

    @Test
    void another_request_that_resolves_at_the_same_time_is_refused_too() {
        BackupRequest other = request(NIGHTLY, "other words", false, 1_000);

        assertThatThrownBy(() -> app.deliver(other, _ -> {
                    app.deliver();
                    return InMemoryApplication.found(List.of(ALPHA));
                }))
                .isInstanceOf(InvalidRequestException.class);

        assertThat(app.service.sent()).hasSize(3);
    }

    @Test
    void more_targets_than_allowed_are_refused_before_anything_is_written() {
        assertThatThrownBy(() -> app.deliver(request(NIGHTLY, "", false, 2)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("detail.selector: it selects 3 servers, but at most 2 are allowed (maxTargets);"
                        + " nothing was called or written");

        assertNothingCalledOrWritten();
        assertThat(app.deliver(request(NIGHTLY, "", false, 3)).counts()).isEqualTo(Map.of("STARTED", 3));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_request_whose_row_would_be_too_large_is_refused_with_what_it_takes(boolean dryRun) {
        app.failingAudit.tooLarge(new Oversize(
                Optional.empty(),
                431_022,
                409_600,
                new TreeMap<>(Map.of("targets", 330_012L, "request", 79_900L, "selector", 20_000L))));

        assertThatThrownBy(() -> app.deliver(request(NIGHTLY, "before release 4711", dryRun, 1_000)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage(
                        "detail: the row of this run in the audit table would take 431,022 bytes, and at most 409,600"
                            + " are allowed: `selector` and `description` as sent and as resolved take 99,900 of them,"
                            + " the names and ARNs of 3 targets 330,012; nothing was called or written. Shorten the"
                            + " request, or select fewer servers");

        assertNothingCalledOrWritten();
    }

    @Test
    void a_server_whose_row_would_be_too_large_is_named() {
        app.failingAudit.tooLarge(
                new Oversize(Optional.of(BRAVO.name()), 409_700, 409_600, new TreeMap<>(Map.of("tags", 327_000L))));

        assertThatThrownBy(app::deliver)
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("detail: `selector` finds the server bravo, whose row in the audit table would take 409,700"
                        + " bytes, and at most 409,600 are allowed: its tags take 327,000 of them; nothing was"
                        + " called or written. Remove some of its tags, or leave it out");

        assertNothingCalledOrWritten();
    }

    @Test
    void a_run_that_was_begun_with_another_backend_is_not_continued() {
        app.audit.open(like(run(ALPHA), BackupBackend.SYSTEMS_MANAGER, TWO_O_CLOCK));

        assertThatThrownBy(app::deliver)
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("detail.requestId: run nightly was started with the backend systems-manager, and this stack"
                        + " now has opsworks-cm, which does not know that run's backups; nothing was called or"
                        + " written. Send the request again with a new requestId, or deploy with the run's backend"
                        + " to let it be finished");

        assertThat(app.audit.entries(NIGHTLY)).isEmpty();
        assertThat(app.service.sent()).isEmpty();
    }

    private String plan() {
        return app.deliver(request(new RunId("dry"), "", true, 1_000)).plan();
    }

    private static BackupRequest planned(String plan, boolean dryRun) {
        BackupRequest request = request(NIGHTLY);
        return new BackupRequest(
                request.runId(),
                request.selector(),
                request.description(),
                dryRun,
                request.maxTargets(),
                Optional.of(new Plan(plan)),
                request.requestedBy(),
                request.canonicalRequest());
    }

    @Test
    void a_plan_that_still_holds_is_carried_out_also_by_later_deliveries_whatever_the_selector_finds_by_then() {
        String plan = plan();

        RunReport report = app.deliver(planned(plan, false));

        assertThat(report.counts()).isEqualTo(Map.of("STARTED", 3));
        assertThat(report.plan()).isEqualTo(plan);
        app.fleetBecomes(ALPHA);
        assertThat(app.deliver(planned(plan, false)).targets()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_plan_that_holds_no_longer_is_refused_also_by_a_dry_run(boolean dryRun) {
        String plan = plan();
        app.fleetBecomes(ALPHA, BRAVO);

        assertThatThrownBy(() -> app.deliver(planned(plan, dryRun)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("detail.plan: it is the plan of other targets than the 2 that the selector finds now, whose"
                        + " plan is "
                        + plan()
                        + "; nothing was called or written. Make a dry run again, check the targets that it"
                        + " lists, and send its plan");

        assertNothingCalledOrWritten();
    }
}
