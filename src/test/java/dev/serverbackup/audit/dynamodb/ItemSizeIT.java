package dev.serverbackup.audit.dynamodb;

import static dev.serverbackup.Samples.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serverbackup.audit.AuditRepository.Oversize;
import dev.serverbackup.audit.AuditRepository.Replacement;
import dev.serverbackup.audit.Entry;
import dev.serverbackup.audit.EntryStatus;
import dev.serverbackup.audit.Run;
import dev.serverbackup.audit.RunStatus;
import dev.serverbackup.backup.Backup;
import dev.serverbackup.backup.BackupError;
import dev.serverbackup.backup.ErrorType;
import dev.serverbackup.server.Server;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/** What a row takes, as DynamoDB itself reckons it; and that what is begun can be finished. */
class ItemSizeIT {
    private static final InstantSource CLOCK = InstantSource.fixed(TWO_O_CLOCK);

    @RegisterExtension
    static final EmptyTable TABLE = new EmptyTable();

    private DynamoDbAuditRepository audit;

    @BeforeEach
    void use_the_table() {
        audit = new DynamoDbAuditRepository(TABLE.client(), TABLE.name(), CLOCK);
    }

    private void put(Map<String, AttributeValue> item) {
        TABLE.client().putItem(put -> put.tableName(TABLE.name()).item(item));
    }

    private static Map<String, AttributeValue> of(Map<String, AttributeValue> item, long bytes) {
        Map<String, AttributeValue> larger = new HashMap<>(item);
        larger.put("padding", AttributeValue.fromS(""));
        int missing = Math.toIntExact(bytes - ItemSize.of(larger));
        larger.put("padding", AttributeValue.fromS("x".repeat(missing)));
        return larger;
    }

    /** Of the numbers only a bound is documented. */
    private static final long ROUNDING = 100;

    @Test
    void a_row_is_reckoned_as_the_database_reckons_it() {
        for (Map<String, AttributeValue> item : List.of(
                RunItem.of(run(ALPHA, BRAVO).standing(RunStatus.RUNNING, Map.of())),
                EntryItem.of(started(ALPHA).failed(BUSY, TWO_O_CLOCK)))) {
            put(of(item, ItemSize.MOST));
            assertThatThrownBy(() -> put(of(item, ItemSize.MOST + ROUNDING)))
                    .isInstanceOf(DynamoDbException.class)
                    .hasMessageContaining("size");
        }
    }

    private static List<Server> fourThousand() {
        return IntStream.range(0, 4_000)
                .mapToObj(i -> server("server-with-a-name-of-forty-letters-%04d".formatted(i)))
                .map(server -> new Server(
                        server.name(),
                        server.arn().map(arn -> arn.replace("8epp7f6z", "8epp7f6z-e91f-4z10-89z5-8c6219cdb09f")),
                        Map.of()))
                .toList();
    }

    private static Run saying(Run run, String selector, String description) {
        String asked = "{\"description\":\"" + description + "\",\"selector\":\"" + selector + "\"}";
        return new Run(
                run.runId(),
                run.requestHash(),
                asked,
                description,
                run.requestedBy(),
                run.backend(),
                selector,
                run.targets(),
                run.excluded(),
                run.skipped(),
                run.status(),
                run.counts(),
                run.requestedAt());
    }

    @Test
    void four_thousand_targets_with_long_names_fit_and_what_fits_singly_is_reckoned_together() {
        Run run = saying(run(NIGHTLY, fourThousand()), "x".repeat(40_000), "語".repeat(9_900));

        Run fitting = run(NIGHTLY, fourThousand());
        audit.open(fitting);
        assertThat(audit.run(NIGHTLY)).contains(fitting);
        assertThat(audit.oversize(fitting, List.of())).isEmpty();
        assertThat(audit.oversize(run, List.of())).hasValueSatisfying(large -> {
            assertThat(large.server()).isEmpty();
            assertThat(large.bytes()).isGreaterThan(large.allowed());
            assertThat(large.parts()).containsEntry("selector", 40_000L).doesNotContainKey("description");
        });
    }

    @Test
    void the_largest_run_that_may_be_begun_can_be_written_and_closed() {
        Run run = run(ALPHA);
        long room = ItemSize.MOST - RunItem.GROWTH - ItemSize.of(RunItem.of(saying(run, "", "")));
        Run largest = saying(run, "", "x".repeat(Math.toIntExact(room)));
        TreeMap<EntryStatus, Integer> counts = new TreeMap<>();
        List.of(EntryStatus.values()).forEach(status -> counts.put(status, 4_000));
        Run closed = largest.standing(RunStatus.PARTIALLY_FAILED, counts);

        assertThat(audit.oversize(largest, List.of())).isEmpty();
        assertThat(audit.oversize(saying(run, "", largest.description() + "x"), List.of()))
                .isPresent();
        audit.open(largest);
        audit.finish(closed);
        DynamoDbFollowUpRepository open =
                new DynamoDbFollowUpRepository(TABLE.client(), TABLE.name(), Duration.ofDays(400), CLOCK);
        open.markNotified(closed, TWO_O_CLOCK);
        open.release(closed);

        assertThat(audit.run(NIGHTLY)).contains(closed);
    }

    private static Entry tagged(int bytes) {
        return pending(new Server(ALPHA.name(), ALPHA.arn(), Map.of("Note", "x".repeat(bytes))));
    }

    @Test
    void an_entry_whose_tags_leave_no_room_to_finish_it_is_named() {
        assertThat(audit.oversize(run(ALPHA), List.of(pending(BRAVO), tagged(350_000))))
                .map(Oversize::server)
                .contains(Optional.of(ALPHA.name()));
    }

    @Test
    void the_largest_entry_that_may_be_begun_can_be_finished_whatever_the_service_answers() {
        long room = ItemSize.MOST - EntryItem.GROWTH - ItemSize.of(EntryItem.of(tagged(0)));
        Entry pending = tagged(Math.toIntExact(room));
        Entry claimed = pending.claimed(FIRST, TWO_O_CLOCK.plusSeconds(120));
        Backup huge = backup(ALPHA)
                .with(Backup.DESCRIPTION, "語".repeat(10_000))
                .with(Backup.STATUS_DESCRIPTION, "\ud83d\ude00".repeat(300_000))
                .with(
                        "SubnetIds",
                        IntStream.range(0, 20_000).mapToObj(i -> "subnet-" + i).toList());
        BackupError error = new BackupError(
                new ErrorType("E".repeat(5_000)),
                "語".repeat(10_000),
                Optional.of(400),
                Optional.of("r".repeat(100_000)),
                true);
        Entry started = claimed.started(huge, TWO_O_CLOCK);
        Entry failed = started.failed(error, TWO_O_CLOCK);

        assertThat(audit.oversize(run(ALPHA), List.of(pending))).isEmpty();
        audit.create(pending);
        audit.replace(pending, claimed);
        assertThat(audit.replace(claimed, started)).isEqualTo(new Replacement.Replaced(started));
        assertThat(audit.replace(started, failed)).isEqualTo(new Replacement.Replaced(failed));

        Entry standing = audit.entry(NIGHTLY, ALPHA.name()).orElseThrow();
        assertThat(standing.status()).isEqualTo(EntryStatus.FAILED);
        assertThat(standing.backup().orElseThrow().id()).isEqualTo(huge.id());
        assertThat(standing.backup().orElseThrow().statusDescription())
                .startsWith("\ud83d\ude00")
                .endsWith("…");
    }

    @Test
    void a_hundred_entries_that_are_together_larger_than_a_transaction_are_all_written() {
        List<Entry> hundred = IntStream.range(0, 100)
                .mapToObj(i -> pending(new Server(
                        server("web-%03d".formatted(i)).name(), Optional.empty(), Map.of("Note", "x".repeat(70_000)))))
                .toList();

        assertThat(audit.createAll(hundred)).isEqualTo(hundred);

        assertThat(audit.entries(NIGHTLY)).isEqualTo(hundred);
    }
}
