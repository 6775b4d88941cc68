package dev.serverbackup.audit.dynamodb;

import static dev.serverbackup.Samples.*;
import static dev.serverbackup.audit.dynamodb.Attributes.s;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.Samples;
import dev.serverbackup.audit.AuditRepository;
import dev.serverbackup.audit.DueRow;
import dev.serverbackup.audit.Entry;
import dev.serverbackup.audit.FollowUpRepository;
import dev.serverbackup.audit.FollowUpRepositoryContract;
import dev.serverbackup.audit.OpenRow;
import dev.serverbackup.audit.PastBackup;
import dev.serverbackup.audit.Row;
import dev.serverbackup.audit.RunStatus;
import dev.serverbackup.backup.BackupBackend;
import dev.serverbackup.request.RunId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class DynamoDbFollowUpRepositoryIT extends FollowUpRepositoryContract {
    private static final Instant NOTIFIED = TWO_O_CLOCK.plusSeconds(900);
    private static final InstantSource CLOCK = InstantSource.fixed(Samples.TWO_O_CLOCK);

    @RegisterExtension
    static final EmptyTable TABLE = new EmptyTable();

    private AuditRepository audit;
    private FollowUpRepository repository;

    @BeforeEach
    void use_the_table() {
        audit = new DynamoDbAuditRepository(TABLE.client(), TABLE.name(), CLOCK);
        repository = new DynamoDbFollowUpRepository(TABLE.client(), TABLE.name(), Duration.ofDays(400), CLOCK);
    }

    @Override
    protected AuditRepository audit() {
        return audit;
    }

    @Override
    protected FollowUpRepository repository() {
        return repository;
    }

    private Map<String, AttributeValue> item(Map<String, AttributeValue> key) {
        return TABLE.client()
                .getItem(get -> get.tableName(TABLE.name()).key(key).consistentRead(true))
                .item();
    }

    private void put(Map<String, AttributeValue> item) {
        TABLE.client().putItem(put -> put.tableName(TABLE.name()).item(item));
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
        put(item);

        List<OpenRow> due =
                repository.due(TWO_O_CLOCK).stream().map(DueRow::row).toList();

        assertThat(due).hasSize(1);
        assertThat(repository.read(due.getFirst())).isInstanceOf(Row.Unreadable.class);
    }

    @Override
    protected Optional<Instant> deletingAt(PastBackup backup) {
        return Attributes.time(item(backup), "deletingAt");
    }

    @Override
    protected Optional<String> notKeptBy(PastBackup backup) {
        return Attributes.optional(item(backup), "notKeptBy").map(AttributeValue::s);
    }

    @Override
    protected Optional<Instant> deletedAt(PastBackup backup) {
        return Attributes.time(item(backup), "deletedAt");
    }

    @Override
    protected Optional<String> deleteError(PastBackup backup) {
        return Attributes.optional(item(backup), "deleteError")
                .map(error -> error.m().get("type").s());
    }

    private Map<String, AttributeValue> item(PastBackup backup) {
        return TABLE.client()
                .getItem(get -> get.tableName(TABLE.name())
                        .key(EntryItem.key(backup.runId(), backup.serverName()))
                        .consistentRead(true))
                .item();
    }

    @Test
    void a_deletion_and_a_notification_do_not_stand_in_each_others_way() {
        Entry succeeded = started(ALPHA).succeeded(backup(ALPHA), TWO_O_CLOCK.plusSeconds(60));
        audit.create(pending(ALPHA));
        audit.replace(pending(ALPHA), claimed(ALPHA));
        audit.replace(claimed(ALPHA), started(ALPHA));
        audit.replace(started(ALPHA), succeeded);
        PastBackup past = past(ALPHA);
        repository.intendDeletion(past, TWO_O_CLOCK.plusSeconds(120), "last 7");

        repository.markNotified(succeeded, TWO_O_CLOCK.plusSeconds(180));
        repository.deleted(past, TWO_O_CLOCK.plusSeconds(240));

        assertThat(item(past)).containsKeys("deletingAt", "deletedAt", "notifiedAt");
        assertThat(item(past)).doesNotContainKeys("open", "nextActionAt");
    }

    @Test
    void a_history_of_many_pages_is_read_to_its_end() {
        String words = "x".repeat(9_000);
        for (int run = 0; run < 300; run++) {
            RunId id = new RunId("run-" + run);
            Entry first = Entry.pending(id, BackupBackend.OPSWORKS_CM, ALPHA, TWO_O_CLOCK.plusSeconds(run));
            Entry claimed = first.claimed(FIRST, TWO_O_CLOCK.plusSeconds(run + 120));
            Entry started = claimed.started(
                    backup(ALPHA).with("BackupId", "alpha-" + run).with("Description", words), TWO_O_CLOCK);
            audit.create(first);
            audit.replace(first, claimed);
            audit.replace(claimed, started);
            audit.replace(started, started.succeeded(started.backup().orElseThrow(), TWO_O_CLOCK));
        }

        assertThat(repository.undeleted(ALPHA.name())).hasSize(300);
    }
}
