package dev.serverbackup.audit.dynamodb;

import static dev.serverbackup.Samples.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.Samples;
import dev.serverbackup.audit.AuditFigures;
import dev.serverbackup.audit.AuditFigures.OpenEntries;
import dev.serverbackup.audit.AuditTrail;
import dev.serverbackup.audit.Entry;
import dev.serverbackup.backup.BackupBackend;
import dev.serverbackup.local.dynamodb.LocalDynamoDb;
import dev.serverbackup.request.RunId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DynamoDbAuditFiguresIT {
    private static final InstantSource CLOCK = InstantSource.fixed(Samples.TWO_O_CLOCK);
    private static LocalDynamoDb local;

    private String table;
    private AuditTrail audit;
    private AuditFigures figures;

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
        figures = new DynamoDbAuditFigures(local.client(), table, CLOCK);
    }

    private static Instant at(int second) {
        return TWO_O_CLOCK.plusSeconds(second);
    }

    private Entry ended(int second, boolean well) {
        Entry first = Entry.pending(new RunId("run-" + second), BackupBackend.OPSWORKS_CM, ALPHA, at(second));
        Entry claimed = first.claimed(FIRST, at(second + 120));
        audit.create(first);
        audit.replace(first, claimed);
        if (!well) {
            Entry failed = claimed.failed(BUSY, at(second + 1));
            audit.replace(claimed, failed);
            return failed;
        }
        Entry started = claimed.started(backup(ALPHA), at(second + 1));
        audit.replace(claimed, started);
        Entry succeeded = started.succeeded(backup(ALPHA), at(second + 2));
        audit.replace(started, succeeded);
        return succeeded;
    }

    @Test
    void where_nothing_is_open_nothing_is_old() {
        assertThat(figures.openEntries()).isEqualTo(new OpenEntries(0, Optional.empty()));
    }

    @Test
    void all_open_entries_count_due_or_not_and_runs_do_not() {
        audit.open(run(ALPHA, BRAVO));
        audit.create(pending(ALPHA));
        audit.create(Entry.pending(HOURLY, BackupBackend.OPSWORKS_CM, BRAVO, at(60)));

        assertThat(figures.openEntries()).isEqualTo(new OpenEntries(2, Optional.of(TWO_O_CLOCK)));
    }

    @Test
    void what_was_let_go_is_not_open() {
        new DynamoDbOpenRows(local.client(), table, Duration.ofDays(400), CLOCK).noticed(ended(0, true), at(60));

        assertThat(figures.openEntries().count()).isZero();
    }

    @Test
    void what_only_waits_for_retention_is_not_open() {
        new DynamoDbOpenRows(local.client(), table, Duration.ofDays(400), CLOCK)
                .noticedToRetain(ended(0, true), at(60), at(360));

        assertThat(figures.openEntries().count()).isZero();
    }

    @Test
    void a_server_without_entries_is_not_known() {
        assertThat(figures.withoutSuccessSince(ALPHA.name())).isEmpty();
    }

    @Test
    void the_last_success_counts_whatever_failed_since() {
        ended(100, true);
        ended(200, true);
        ended(300, false);

        assertThat(figures.withoutSuccessSince(ALPHA.name())).contains(at(202));
    }

    @Test
    void a_server_that_never_succeeded_has_been_without_since_its_oldest_entry() {
        ended(100, false);
        ended(200, false);

        assertThat(figures.withoutSuccessSince(ALPHA.name())).contains(at(100));
    }
}
