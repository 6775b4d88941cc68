package dev.serverbackup.run;

import static dev.serverbackup.Samples.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serverbackup.request.BackupRequest;
import dev.serverbackup.request.InvalidRequestException;
import dev.serverbackup.request.Plan;
import dev.serverbackup.request.RunId;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What was planned by a dry run is done, or nothing. */
class PlannedRunTest {
    private final Scene scene = Scene.of(ALPHA, BRAVO);

    private Plan planned() {
        return new Plan(
                scene.deliver(request(new RunId("dry"), "", true, 1_000)).plan());
    }

    private static BackupRequest planned(Plan plan) {
        BackupRequest request = request(NIGHTLY);
        return new BackupRequest(
                request.runId(),
                request.selector(),
                request.description(),
                false,
                request.maxTargets(),
                Optional.of(plan),
                request.requestedBy(),
                request.asked());
    }

    @Test
    void a_plan_that_still_holds_is_carried_out_and_reported_again() {
        Plan plan = planned();

        RunReport report = scene.deliver(planned(plan));

        assertThat(report.counts()).isEqualTo(Map.of("STARTED", 2));
        assertThat(report.plan()).isEqualTo(plan.value());
    }

    @Test
    void a_plan_that_holds_no_longer_is_refused_before_anything_is_called_or_written() {
        Plan plan = planned();
        scene.fleetBecomes(ALPHA, BRAVO, CHARLIE);

        assertThatThrownBy(() -> scene.deliver(planned(plan)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage(
                        "detail.plan: it stands for other targets than the 3 that the selector finds now, whose plan"
                                + " is "
                                + planned().value()
                                + "; nothing was called or written. Make a dry run again, look at what it lists, and"
                                + " send its plan");

        assertThat(scene.table.run(NIGHTLY)).isEmpty();
        assertThat(scene.service.sent()).isEmpty();
    }

    @Test
    void a_dry_run_that_names_a_plan_says_whether_it_still_holds() {
        BackupRequest request = planned(new Plan("0".repeat(64)));
        BackupRequest dry = new BackupRequest(
                request.runId(),
                request.selector(),
                "",
                true,
                1_000,
                request.plan(),
                request.requestedBy(),
                request.asked());

        assertThatThrownBy(() -> scene.deliver(dry)).isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void a_later_delivery_takes_the_first_ones_targets_whatever_the_selector_finds_by_then() {
        Plan plan = planned();
        scene.deliver(planned(plan));
        scene.fleetBecomes(ALPHA);

        assertThat(scene.deliver(planned(plan)).targets()).isEqualTo(2);
    }
}
