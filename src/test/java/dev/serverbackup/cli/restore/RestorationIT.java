package dev.serverbackup.cli.restore;

import static dev.serverbackup.cli.restore.RestoreSetup.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serverbackup.ManualClock;
import dev.serverbackup.backup.BackupError;
import dev.serverbackup.backup.BackupOperation;
import dev.serverbackup.backup.BackupOperations;
import dev.serverbackup.backup.ErrorType;
import dev.serverbackup.backup.OperationResult;
import dev.serverbackup.cli.CommandFailedException;
import dev.serverbackup.cli.audit.AuditReader;
import dev.serverbackup.local.dynamodb.LocalDynamoDb;
import dev.serverbackup.request.ServerName;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

/** What a restore comes to where the service does not answer as it should. */
class RestorationIT {
    private static final ServerName ALPHA = new ServerName("alpha");
    private static final BackupError NO_ANSWER = BackupError.known(ErrorType.NO_ANSWER, "time-out");

    private final ManualClock clock = new ManualClock(NOW);
    private static LocalDynamoDb local;
    private RestoreRows rows;

    @BeforeAll
    static void start() {
        local = LocalDynamoDb.start("unused");
    }

    @AfterAll
    static void stop() {
        local.close();
    }

    @BeforeEach
    void anEmptyTable(TestInfo test) {
        String table = local.createTable(test.getTestMethod().orElseThrow().getName());
        rows = new RestoreRows(new AuditReader(local.client(), table, clock), local.client(), table);
    }

    /** A service that answers each question in one way. */
    private record Service(OperationResult.OfStart start, OperationResult.OfLookup find, OperationResult.OfState state)
            implements BackupOperations {
        @Override
        public OperationResult.OfStart start(BackupOperation operation, Instant sendBefore) {
            return start;
        }

        @Override
        public OperationResult.OfLookup find(BackupOperation operation) {
            return find;
        }

        @Override
        public OperationResult.OfState state(BackupOperation operation, String startedAs) {
            return state;
        }
    }

    /** One that finds nothing, and does not answer any more. */
    private Restoration silentAfter(OperationResult.OfStart start) {
        Service service =
                new Service(start, new OperationResult.NotFound(), new OperationResult.Unavailable(NO_ANSWER));
        return new Restoration(rows, service, clock, clock::move, _ -> {});
    }

    private static Restore requested(String id) {
        return RestoreSetup.requested("systems-manager", "alpha-1", id);
    }

    private Restore created() {
        Restore requested = requested("a");
        assertThat(rows.create(requested)).isTrue();
        return requested;
    }

    @Test
    void of_two_that_begin_at_once_one_is_refused() {
        assertThat(rows.create(requested("a"))).isTrue();
        assertThat(rows.create(requested("b"))).isFalse();
        assertThat(rows.last(ALPHA)).contains(requested("a"));
    }

    @Test
    void what_another_process_has_written_stands() {
        Restore requested = created();
        Restore running = rows.replace(requested, requested.running("command-1", NOW));

        assertThat(rows.replace(requested, requested.failed(NO_ANSWER, NOW))).isEqualTo(running);
        assertThat(rows.last(ALPHA)).contains(running);
    }

    @Test
    void one_that_was_too_late_to_be_sent_has_failed() {
        Restoration restoration = silentAfter(new OperationResult.NotSent());

        assertThat(restoration.start(created()).row().error())
                .isEqualTo("NotSent: it was not sent within 60 seconds after its row was written");
        assertThat(rows.last(ALPHA).orElseThrow().status()).isEqualTo(Restore.Status.FAILED);
    }

    @Test
    void one_whose_service_does_not_answer_any_more_stays_open() {
        Restoration restoration = silentAfter(new OperationResult.Running("command-1"));
        Restore running = restoration.start(created());

        assertThatThrownBy(() -> restoration.follow(running))
                .isInstanceOf(CommandFailedException.class)
                .hasMessage("The state of the restore of server alpha can't be read: time-out (NoAnswer)");
        assertThat(rows.last(ALPHA)).contains(running);
    }

    @Test
    void one_that_can_not_be_looked_at_for_three_days_is_unknown() {
        Restoration restoration = silentAfter(new OperationResult.Running("command-1"));
        Restore running = restoration.start(created());
        clock.move(Duration.ofDays(4));

        assertThat(restoration.look(running).status()).isEqualTo(Restore.Status.UNKNOWN);
    }
}
