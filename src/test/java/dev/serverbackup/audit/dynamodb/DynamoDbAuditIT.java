package dev.serverbackup.audit.dynamodb;

import static dev.serverbackup.Samples.*;
import static dev.serverbackup.audit.dynamodb.Attributes.s;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.Samples;
import dev.serverbackup.audit.AuditRepository;
import dev.serverbackup.audit.AuditRepositoryContract;
import dev.serverbackup.audit.CheckpointRepository;
import dev.serverbackup.audit.CheckpointRepositoryContract;
import dev.serverbackup.audit.DueRow;
import dev.serverbackup.audit.Entry;
import dev.serverbackup.audit.EntryStatus;
import dev.serverbackup.audit.ExpiryContract;
import dev.serverbackup.audit.FollowUpRepository;
import dev.serverbackup.audit.FollowUpRepositoryContract;
import dev.serverbackup.audit.HistoryRepository;
import dev.serverbackup.audit.HistoryRepository.PastFailure;
import dev.serverbackup.audit.HistoryRepository.PastRun;
import dev.serverbackup.audit.OpenRow;
import dev.serverbackup.audit.PastBackup;
import dev.serverbackup.audit.Row;
import dev.serverbackup.audit.Run;
import dev.serverbackup.audit.RunStatus;
import dev.serverbackup.audit.VerificationRepository;
import dev.serverbackup.audit.VerificationRepositoryContract;
import dev.serverbackup.backup.Backup;
import dev.serverbackup.backup.BackupBackend;
import dev.serverbackup.request.RunId;
import dev.serverbackup.server.Server;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The table keeps to the contracts, over DynamoDB Local. */
class DynamoDbAuditIT
        implements AuditRepositoryContract,
                FollowUpRepositoryContract,
                VerificationRepositoryContract,
                CheckpointRepositoryContract {
    private static final InstantSource CLOCK = InstantSource.fixed(TWO_O_CLOCK);
    private static final Instant NOTIFIED = TWO_O_CLOCK.plusSeconds(900);

    @RegisterExtension
    static final EmptyTable TABLE = new EmptyTable();

    private AuditRepository audit;
    private FollowUpRepository repository;

    @BeforeEach
    void use_the_table() {
        audit = audit(CLOCK);
        repository = followUp(CLOCK);
    }

    private static AuditRepository audit(InstantSource clock) {
        return new DynamoDbAuditRepository(TABLE.client(), TABLE.name(), clock);
    }

    private static FollowUpRepository followUp(InstantSource clock) {
        return new DynamoDbFollowUpRepository(TABLE.client(), TABLE.name(), Duration.ofDays(400), clock);
    }

    private static Map<String, AttributeValue> item(Map<String, AttributeValue> key) {
        return TABLE.client()
                .getItem(get -> get.tableName(TABLE.name()).key(key).consistentRead(true))
                .item();
    }

    @Override
    public AuditRepository audit() {
        return audit;
    }

    @Override
    public FollowUpRepository followUps() {
        return repository;
    }

    @Override
    public VerificationRepository verifications() {
        return new DynamoDbVerificationRepository(TABLE.client(), TABLE.name(), CLOCK);
    }

    @Override
    public CheckpointRepository checkpoints() {
        return new DynamoDbCheckpointRepository(TABLE.client(), TABLE.name());
    }

    @Override
    public Deletion deletion(PastBackup backup) {
        Map<String, AttributeValue> item = item(EntryItem.key(backup.runId(), backup.serverName()));
        return new Deletion(
                Attributes.time(item, "deletingAt"),
                Attributes.optional(item, "notKeptBy").map(AttributeValue::s),
                Attributes.time(item, "deletedAt"),
                Attributes.optional(item, "deleteError")
                        .map(error -> error.m().get("type").s()));
    }

    @Override
    public String recorded(Server server) {
        Map<String, AttributeValue> item = item(EntryItem.key(NIGHTLY, server.name()));
        String result = Attributes.optional(item, "verification")
                .map(map -> map.m().get("result").s())
                .orElse("nothing");
        return result + (item.containsKey("verifiedAt") ? ", verified" : ", not verified");
    }

    private static void assertLeft(Map<String, AttributeValue> item) {
        assertThat(item).doesNotContainKeys("open", "nextActionAt");
        assertThat(item.get("notifiedAt")).isEqualTo(s("2026-03-01T02:15:00.000Z"));
        assertThat(item.get("expiresAt"))
                .isEqualTo(AttributeValue.fromN(
                        Long.toString(Instant.parse("2027-04-05T02:15:00Z").getEpochSecond())));
    }

    @Test
    void what_has_left_expires_400_days_after_the_run_was_notified_and_keeps_when_it_was_first_notified() {
        Entry failed = pending(ALPHA).failed(BUSY, NOTIFIED);
        audit.create(failed);
        audit.open(run(ALPHA));
        var settled = run(ALPHA).standing(RunStatus.FAILED, Map.of());
        audit.finish(settled);

        repository.markNotified(failed, NOTIFIED);
        repository.markNotified(failed, NOTIFIED.plusSeconds(1));
        repository.markNotified(settled, NOTIFIED);
        repository.markNotified(settled, NOTIFIED.plusSeconds(1));
        assertThat(item(EntryItem.key(NIGHTLY, ALPHA.name()))).doesNotContainKey("expiresAt");
        assertThat(item(RunItem.key(NIGHTLY))).doesNotContainKey("expiresAt");
        Instant expiry =
                ((Row.OfNotifiedRun) repository.read(new OpenRow(NIGHTLY.value(), OpenRow.RUN))).rowsExpireAt();
        repository.withoutExpiry(settled).orElseThrow().forEach(row -> repository.expire(row, expiry));
        repository.release(settled);

        assertLeft(item(EntryItem.key(NIGHTLY, ALPHA.name())));
        assertLeft(item(RunItem.key(NIGHTLY)));
        assertThat(item(RunItem.key(NIGHTLY))).doesNotContainKey("rowsExpireAt");
    }

    @ParameterizedTest
    @ValueSource(strings = {"serverName", "status", "attempts", "requestedAt"})
    void an_entry_that_lacks_what_it_needs_is_unreadable(String attribute) {
        Map<String, AttributeValue> item = EntryItem.of(pending(ALPHA));
        item.remove(attribute);

        assertUnreadable(item);
    }

    @ParameterizedTest
    @CsvSource({
        "status, PAUSED",
        "status, SUCCEEDED",
        "status, CALLING",
        "requestedAt, yesterday",
        "serverName, no name",
        "serverName, bravo",
        "runId, no run id",
        "attempts, many"
    })
    void an_entry_with_what_nobody_can_make_sense_of_is_unreadable(String attribute, String value) {
        Map<String, AttributeValue> item = EntryItem.of(pending(ALPHA));
        item.put(attribute, s(value));

        assertUnreadable(item);
    }

    @ParameterizedTest
    @ValueSource(strings = {"requestHash", "request", "requestedBy", "targets", "status", "requestedAt"})
    void a_run_that_lacks_what_it_needs_is_unreadable(String attribute) {
        Map<String, AttributeValue> item = new HashMap<>(RunItem.of(run(ALPHA)));
        item.remove(attribute);

        assertUnreadable(item);
    }

    @ParameterizedTest
    @CsvSource({"no run id at all, server#alpha", "by-hand, run", "by-hand, server#", "by-hand, $(garbage)"})
    void a_row_that_no_program_wrote_is_unreadable(String runId, String entry) {
        assertUnreadable(Map.of(
                "runId", s(runId),
                "entry", s(entry),
                "open", s("open"),
                "nextActionAt", s("2026-03-01T01:00:00.000Z")));
    }

    private void assertUnreadable(Map<String, AttributeValue> item) {
        TABLE.client().putItem(put -> put.tableName(TABLE.name()).item(item));

        List<OpenRow> due =
                repository.due(TWO_O_CLOCK).stream().map(DueRow::row).toList();

        assertThat(due).hasSize(1);
        assertThat(repository.read(due.getFirst())).isInstanceOf(Row.Unreadable.class);
    }

    @Test
    void a_deletion_and_a_notification_do_not_stand_in_each_others_way() {
        Entry succeeded = started(ALPHA).succeeded(backup(ALPHA), TWO_O_CLOCK.plusSeconds(60));
        audit.create(succeeded);
        PastBackup past = past(ALPHA);
        repository.intendDeletion(past, TWO_O_CLOCK.plusSeconds(120), "last 7");

        repository.markNotified(succeeded, TWO_O_CLOCK.plusSeconds(180));
        repository.deleted(past, TWO_O_CLOCK.plusSeconds(240));

        assertThat(item(EntryItem.key(NIGHTLY, ALPHA.name())))
                .containsKeys("deletingAt", "deletedAt", "notifiedAt")
                .doesNotContainKeys("open", "nextActionAt");
    }

    @Test
    void a_history_of_many_pages_is_read_to_its_end() {
        String words = "x".repeat(9_000);
        for (int run = 0; run < 150; run++) {
            Entry first = Entry.pending(new RunId("run-" + run), BackupBackend.OPSWORKS_CM, ALPHA, TWO_O_CLOCK);
            Entry started = first.claimed(FIRST, TWO_O_CLOCK)
                    .started(
                            backup(ALPHA).with(Backup.ID, "alpha-" + run).with(Backup.DESCRIPTION, words), TWO_O_CLOCK);
            audit.create(started);
            audit.replace(started, started.succeeded(started.backup().orElseThrow(), TWO_O_CLOCK));
        }

        assertThat(repository.undeleted(ALPHA.name())).hasSize(150);
    }

    @Nested
    class Expiring extends ExpiryContract {
        @Override
        protected AuditRepository audit() {
            return DynamoDbAuditIT.audit(clock);
        }

        @Override
        protected FollowUpRepository repository() {
            return followUp(clock);
        }
    }

    /** The nightly run over alpha and bravo, of which bravo failed, and runs a day before and after it. */
    @Nested
    class History {
        private static final Instant DAY_BEFORE = TWO_O_CLOCK.minus(Duration.ofDays(1));
        private static final Instant DAY_AFTER = TWO_O_CLOCK.plus(Duration.ofDays(1));

        private HistoryRepository history;

        @BeforeEach
        void write_three_runs() {
            history = new DynamoDbHistoryRepository(TABLE.client(), TABLE.name(), CLOCK);
            Run nightly = Samples.run(ALPHA, BRAVO);
            audit.open(nightly);
            audit.create(pending(BRAVO));
            audit.replace(pending(BRAVO), claimed(BRAVO));
            audit.replace(claimed(BRAVO), claimed(BRAVO).failed(BUSY, TWO_O_CLOCK.plusSeconds(9)));
            audit.finish(nightly.standing(
                    RunStatus.PARTIALLY_FAILED, Map.of(EntryStatus.SUCCEEDED, 1, EntryStatus.FAILED, 1)));
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
            assertThat(history.failures(DAY_AFTER, DAY_AFTER.plusSeconds(1), 10))
                    .isEmpty();
        }
    }
}
