package dev.serverbackup.run;

import static dev.serverbackup.InMemoryApplication.TIMEOUTS;
import static dev.serverbackup.Samples.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serverbackup.InMemoryApplication;
import dev.serverbackup.audit.AuditUnavailableException;
import dev.serverbackup.audit.Entry;
import dev.serverbackup.audit.EntryStatus;
import dev.serverbackup.backup.BackupError;
import dev.serverbackup.backup.ErrorType;
import dev.serverbackup.metrics.Metrics;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.SAME_THREAD)
class AuditFailureTest {
    private final InMemoryApplication app = InMemoryApplication.over(ALPHA, BRAVO);

    private void refuseAlphaAs(EntryStatus status) {
        app.failingAudit.refuse(
                entry -> entry.status() == status && entry.server().equals(ALPHA));
    }

    @Test
    void a_run_that_cannot_be_read_calls_nothing() {
        app.failingAudit.failRuns();

        assertThatThrownBy(app::deliver).isInstanceOf(AuditUnavailableException.class);

        assertThat(app.service.sent()).isEmpty();
    }

    @Test
    void a_claim_that_cannot_be_written_means_no_call_and_the_others_are_attempted_all_the_same() {
        refuseAlphaAs(EntryStatus.CALLING);

        assertThatThrownBy(app::deliver).isInstanceOf(AuditUnavailableException.class);

        assertThat(app.ours(ALPHA)).isEmpty();
        assertThat(app.ours(BRAVO)).hasSize(1);
        assertThat(app.standing(ALPHA)).isEqualTo("PENDING");
    }

    @Test
    void an_outcome_that_cannot_be_written_fails_the_run_is_logged_and_adopted_later() {
        refuseAlphaAs(EntryStatus.STARTED);
        try (LogCapture log = new LogCapture(EntryRecorder.class)) {
            assertThatThrownBy(app::deliver).isInstanceOf(AuditUnavailableException.class);

            assertThat(log.values(Level.ERROR, "status")).containsExactly("STARTED");
            assertThat(log.values(Level.ERROR, "serverName")).containsExactly("alpha");
            assertThat(log.values(Level.ERROR, "attemptId")).containsExactly("attempt-1");
            assertThat(log.values(Level.ERROR, "startedAt")).containsExactly(TWO_O_CLOCK.toString());
            assertThat(log.values(Level.ERROR, "backupId"))
                    .containsExactly(app.ours(ALPHA).getFirst().id());
        }
        assertThat(app.standing(ALPHA)).isEqualTo("CALLING");
        app.failingAudit.recover();

        app.later(TIMEOUTS.lease());
        app.deliver();

        assertThat(app.entry(ALPHA).backup()).contains(app.ours(ALPHA).getFirst());
        assertThat(app.ours(ALPHA)).hasSize(1);
    }

    @Test
    void a_failure_that_cannot_be_written_is_logged_with_what_the_service_said() {
        BackupError refused =
                new BackupError(ErrorType.LIMIT_EXCEEDED, "full", Optional.of(400), Optional.of("aws-1"), false);
        app.failingAudit.refuse(_ -> true);
        EntryRecorder recorder = new EntryRecorder(app.failingAudit, Metrics.NONE);
        try (LogCapture log = new LogCapture(EntryRecorder.class)) {
            assertThatThrownBy(
                            () -> recorder.record(claimed(ALPHA), claimed(ALPHA).failed(refused, TWO_O_CLOCK)))
                    .isInstanceOf(AuditUnavailableException.class);

            assertThat(Stream.of("finishedAt", "errorType", "effectUnknown", "awsRequestId")
                            .flatMap(key -> log.values(Level.ERROR, key).stream()))
                    .containsExactly(TWO_O_CLOCK.toString(), "LimitExceededException", "false", "aws-1");
        }
    }

    @Test
    void an_outcome_that_comes_too_late_to_be_written_is_logged() {
        app.fleetBecomes(ALPHA);
        app.beforeCall(() -> {
            Entry claimed = app.entry(ALPHA);
            app.audit.replace(claimed, claimed.takenOver(SECOND, app.now().plus(Duration.ofMinutes(2))));
        });
        try (LogCapture log = new LogCapture(EntryRecorder.class)) {
            RunReport report = app.deliver();

            assertThat(report.counts()).containsEntry("CALLING", 1);
            assertThat(log.values(Level.WARN, "status")).containsExactly("STARTED");
            assertThat(log.values(Level.WARN, "backupId"))
                    .containsExactly(app.ours(ALPHA).getFirst().id());
        }
    }

    @Test
    void every_line_says_of_which_run_and_server_it_is_and_what_became_of_the_entry() {
        app.service.servers().limitManualBackupsTo(1);
        try (LogCapture log = new LogCapture(EntryRecorder.class)) {
            app.deliver();

            assertThat(log.values(Level.INFO, "runId")).hasSize(4).containsOnly("nightly");
            assertThat(log.values(Level.INFO, "serverName")).containsExactly("alpha", "alpha", "bravo", "bravo");
            assertThat(log.values(Level.INFO, "status")).containsExactly("CALLING", "STARTED", "CALLING", "FAILED");
            assertThat(log.values(Level.INFO, "errorType")).containsExactly("", "", "", "LimitExceededException");
        }
    }
}
