package dev.serverbackup.followup;

import static dev.serverbackup.Samples.*;
import static dev.serverbackup.retention.RetentionScene.idOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serverbackup.audit.AuditUnavailableException;
import dev.serverbackup.audit.Entry;
import dev.serverbackup.audit.EntryStatus;
import dev.serverbackup.audit.InMemoryFollowUpRepository;
import dev.serverbackup.audit.Row;
import dev.serverbackup.backup.BackupBackend;
import dev.serverbackup.retention.RetentionScene;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class FollowUpRetentionTest {
    private final RetentionScene scene = RetentionScene.keeping(1);

    private Entry pendingNow() {
        scene.service.servers().add(BRAVO.name());
        scene.audit.open(run(NIGHTLY, List.of(BRAVO)));
        return scene.audit.create(Entry.pending(NIGHTLY, BackupBackend.OPSWORKS_CM, BRAVO, scene.clock.instant()));
    }

    @Test
    void after_a_success_a_pass_deletes_what_is_surplus_and_says_so() {
        scene.success(ALPHA);
        Entry newest = scene.success(ALPHA);

        FollowUpReport report = scene.pass();

        assertThat(scene.good(ALPHA)).containsExactly(idOf(newest));
        assertThat(report.deleted()).isEqualTo(1);
        assertThat(scene.repository.left()).containsKey(InMemoryFollowUpRepository.key(newest));
    }

    @Test
    void a_dry_run_says_what_it_would_delete() {
        RetentionScene dry = RetentionScene.only(RetentionScene.dryRun("1"));
        dry.success(ALPHA);
        dry.success(ALPHA);

        assertThat(dry.pass().wouldDelete()).isEqualTo(1);
    }

    @Test
    void what_is_to_be_started_comes_before_what_may_be_deleted() {
        scene.success(ALPHA);
        Entry newest = scene.success(ALPHA);
        pendingNow();
        int toMeasureAndToStart = 2;
        scene.turns(toMeasureAndToStart);

        FollowUpReport report = scene.pass();

        assertThat(report.entries()).containsEntry(EntryStatus.STARTED.name(), 1);
        assertThat(scene.good(ALPHA)).hasSize(2);
        assertThat(scene.repository.read(InMemoryFollowUpRepository.key(newest)))
                .isInstanceOf(Row.OfNotifiedEntry.class);
    }

    @Test
    void what_retention_had_no_turn_for_a_later_pass_deletes_and_tells_nothing_again() {
        scene.success(ALPHA);
        Entry newest = scene.success(ALPHA);
        int toMeasure = 1;
        scene.turns(toMeasure);
        scene.pass();
        int told = scene.notifications.sent().size();
        scene.turns(9);
        scene.clock.move(Duration.ofMinutes(5));

        scene.pass();

        assertThat(scene.good(ALPHA)).containsExactly(idOf(newest));
        assertThat(scene.repository.left()).containsKey(InMemoryFollowUpRepository.key(newest));
        assertThat(scene.notifications.sent()).hasSize(told);
    }

    @Test
    void nothing_is_deleted_before_the_success_has_been_told() {
        scene.success(ALPHA);
        Entry newest = scene.success(ALPHA);
        scene.notifications.refuse(_ -> true);

        scene.pass();

        assertThat(scene.upkeep.asked()).isEmpty();
        assertThat(scene.repository.left()).doesNotContainKey(InMemoryFollowUpRepository.key(newest));
    }

    @Test
    void a_history_that_cannot_be_written_holds_no_row_up_but_is_told() {
        scene.success(ALPHA);
        Entry newest = scene.success(ALPHA);
        scene.beforeEachIntention(() -> {
            throw new AuditUnavailableException("no table", new IllegalStateException());
        });

        assertThatThrownBy(scene::pass).isInstanceOf(AuditUnavailableException.class);

        assertThat(scene.good(ALPHA)).hasSize(2);
        assertThat(scene.repository.left()).containsKey(InMemoryFollowUpRepository.key(newest));
    }
}
