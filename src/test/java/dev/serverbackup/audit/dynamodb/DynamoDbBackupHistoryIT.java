package dev.serverbackup.audit.dynamodb;

import static dev.serverbackup.Samples.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.Samples;
import dev.serverbackup.audit.AuditTrail;
import dev.serverbackup.audit.BackupHistory;
import dev.serverbackup.audit.BackupHistoryContract;
import dev.serverbackup.audit.Entry;
import dev.serverbackup.audit.PastBackup;
import dev.serverbackup.backup.BackupBackend;
import dev.serverbackup.local.dynamodb.LocalDynamoDb;
import dev.serverbackup.request.RunId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class DynamoDbBackupHistoryIT extends BackupHistoryContract {
    private static final InstantSource CLOCK = InstantSource.fixed(Samples.TWO_O_CLOCK);
    private static LocalDynamoDb local;

    private String table;
    private AuditTrail audit;
    private BackupHistory history;

    @BeforeAll
    static void start_the_database() {
        local = LocalDynamoDb.start("audit");
    }

    @AfterAll
    static void stop_the_database() {
        local.close();
    }

    @BeforeEach
    void make_an_empty_table() {
        table = local.createTable("audit-" + UUID.randomUUID());
        audit = new DynamoDbAuditTrail(local.client(), table, CLOCK);
        history = new DynamoDbBackupHistory(local.client(), table, CLOCK);
    }

    @Override
    protected AuditTrail audit() {
        return audit;
    }

    @Override
    protected BackupHistory history() {
        return history;
    }

    @Override
    protected Optional<Instant> deletingAt(PastBackup backup) {
        return Attributes.time(item(backup), "deletingAt");
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
        return local.client()
                .getItem(get -> get.tableName(table)
                        .key(EntryItem.key(backup.runId(), backup.serverName()))
                        .consistentRead(true))
                .item();
    }

    @Test
    void a_deletion_and_a_notice_do_not_stand_in_each_others_way() {
        Entry succeeded = started(ALPHA).succeeded(backup(ALPHA), TWO_O_CLOCK.plusSeconds(60));
        audit.create(pending(ALPHA));
        audit.replace(pending(ALPHA), claimed(ALPHA));
        audit.replace(claimed(ALPHA), started(ALPHA));
        audit.replace(started(ALPHA), succeeded);
        PastBackup past = past(ALPHA);
        history.intendDeletion(past, TWO_O_CLOCK.plusSeconds(120));

        new DynamoDbOpenRows(local.client(), table, Duration.ofDays(400), CLOCK)
                .noticed(succeeded, TWO_O_CLOCK.plusSeconds(180));
        history.deleted(past, TWO_O_CLOCK.plusSeconds(240));

        assertThat(item(past)).containsKeys("deletingAt", "deletedAt", "noticedAt");
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

        assertThat(history.undeleted(ALPHA.name())).hasSize(300);
    }
}
