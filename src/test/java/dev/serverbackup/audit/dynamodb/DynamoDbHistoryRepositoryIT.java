package dev.serverbackup.audit.dynamodb;

import static dev.serverbackup.Samples.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.Samples;
import dev.serverbackup.audit.AuditRepository;
import dev.serverbackup.audit.EntryStatus;
import dev.serverbackup.audit.HistoryRepository;
import dev.serverbackup.audit.HistoryRepository.PastFailure;
import dev.serverbackup.audit.HistoryRepository.PastRun;
import dev.serverbackup.audit.Run;
import dev.serverbackup.audit.RunStatus;
import dev.serverbackup.backup.BackupBackend;
import dev.serverbackup.request.RunId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The nightly run over alpha and bravo, of which bravo failed, and runs a day before and after it. */
class DynamoDbHistoryRepositoryIT {
    private static final InstantSource CLOCK = InstantSource.fixed(TWO_O_CLOCK);
    private static final Instant DAY_BEFORE = TWO_O_CLOCK.minus(Duration.ofDays(1));
    private static final Instant DAY_AFTER = TWO_O_CLOCK.plus(Duration.ofDays(1));

    @RegisterExtension
    static final EmptyTable TABLE = new EmptyTable();

    private HistoryRepository history;

    @BeforeEach
    void write_three_runs() {
        AuditRepository audit = new DynamoDbAuditRepository(TABLE.client(), TABLE.name(), CLOCK);
        history = new DynamoDbHistoryRepository(TABLE.client(), TABLE.name(), CLOCK);
        Run nightly = Samples.run(ALPHA, BRAVO);
        audit.open(nightly);
        audit.create(pending(BRAVO));
        audit.replace(pending(BRAVO), claimed(BRAVO));
        audit.replace(claimed(BRAVO), claimed(BRAVO).failed(BUSY, TWO_O_CLOCK.plusSeconds(9)));
        audit.finish(
                nightly.standing(RunStatus.PARTIALLY_FAILED, Map.of(EntryStatus.SUCCEEDED, 1, EntryStatus.FAILED, 1)));
        audit.open(at("before", DAY_BEFORE));
        audit.open(at("after", DAY_AFTER));
    }

    private static Run at(String id, Instant requestedAt) {
        return Samples.like(Samples.run(new RunId(id), List.of()), BackupBackend.OPSWORKS_CM, requestedAt);
    }

    @Test
    void the_runs_of_a_period_are_those_requested_in_it_the_oldest_first() {
        assertThat(history.runs(DAY_BEFORE, DAY_AFTER))
                .containsExactly(
                        new PastRun(new RunId("before"), RunStatus.NO_TARGETS, 0, Map.of(), DAY_BEFORE),
                        new PastRun(
                                NIGHTLY,
                                RunStatus.PARTIALLY_FAILED,
                                2,
                                Map.of(EntryStatus.SUCCEEDED, 1, EntryStatus.FAILED, 1),
                                TWO_O_CLOCK));
    }

    @Test
    void a_run_at_the_end_is_of_the_next_period() {
        assertThat(history.runs(DAY_AFTER, DAY_AFTER.plusMillis(1)))
                .extracting(PastRun::runId)
                .containsExactly(new RunId("after"));
    }

    @Test
    void the_failures_of_a_period_are_those_of_its_runs() {
        assertThat(history.failures(DAY_BEFORE, DAY_AFTER, 10))
                .containsExactly(new PastFailure(BRAVO.name(), BUSY.type()));
        assertThat(history.failures(DAY_AFTER, DAY_AFTER.plusSeconds(1), 10)).isEmpty();
    }
}
