package dev.serverbackup;

import static dev.serverbackup.local.fleet.FleetServer.named;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import dev.serverbackup.Leads.UneasyTable;
import dev.serverbackup.audit.AuditUnavailableException;
import dev.serverbackup.local.http.CallPattern;
import dev.serverbackup.local.http.Fault;
import dev.serverbackup.run.RunReport;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An audit table that can't be written: nothing is called before it is, and what was called is found again. */
class AuditUnavailableIT {
    private static final CallPattern CREATE = CallPattern.of(LocalFunction.CREATE);
    private static final Duration AFTER_THE_LEASE = Duration.ofMinutes(3);

    private final String requestId = RequestEvents.newRequestId();
    private final ScheduledEvent event = RequestEvents.everyServer(requestId);
    private final UneasyTable table = new UneasyTable();

    @RegisterExtension
    final LocalFunction function = LocalFunction.over(
                    named("alpha").tagged("Backup", "nightly"), named("bravo").tagged("Backup", "nightly"))
            .leading(table::lead);

    @Test
    void without_the_table_nothing_is_called_and_the_invocation_fails() {
        function.leading(Leads::tableGone);

        assertThatExceptionOfType(AuditUnavailableException.class)
                .isThrownBy(() -> function.deliver(event))
                .withMessageContaining("could not read run of run " + requestId + " in the audit table");
        assertThat(function.cloud().aws().calls().all()).isEmpty();
    }

    @Test
    void an_outcome_that_could_not_be_written_fails_the_invocation_and_is_found_by_the_next() {
        function.faults().next(2, CREATE, tableFailsAfterwards(Integer.MAX_VALUE));

        assertThatExceptionOfType(AuditUnavailableException.class).isThrownBy(() -> function.deliver(event));
        assertThat(function.audit().statuses(requestId)).isEqualTo(Map.of("alpha", "CALLING", "bravo", "CALLING"));

        table.unsent().set(0);
        RunReport later = function.deliverLater(AFTER_THE_LEASE, event);

        assertThat(later.counts()).isEqualTo(Map.of("STARTED", 2));
        assertThat(function.backedUp()).containsExactly("alpha", "bravo");
        assertThat(function.calls(LocalFunction.CREATE)).hasSize(2);
    }

    @Test
    void a_write_whose_answer_was_lost_is_recognised_as_ours() {
        function.faults()
                .next(2, CREATE, new Fault.HoldAnswer(() -> table.unanswered().set(2)));
        table.unanswered().set(4);

        RunReport report = function.deliver(event);

        assertThat(report.counts()).isEqualTo(Map.of("STARTED", 2));
        assertThat(table.unanswered()).hasValue(0);
        assertThat(function.calls(LocalFunction.CREATE)).hasSize(2);
    }

    private Fault tableFailsAfterwards(int calls) {
        return new Fault.HoldAnswer(() -> table.unsent().set(calls));
    }
}
