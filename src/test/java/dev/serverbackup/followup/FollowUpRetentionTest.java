package dev.serverbackup.followup;

import static dev.serverbackup.InMemoryApplication.QUARTER;
import static dev.serverbackup.InMemoryApplication.idOf;
import static dev.serverbackup.InMemoryApplication.policy;
import static dev.serverbackup.Samples.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serverbackup.InMemoryApplication;
import dev.serverbackup.audit.AuditUnavailableException;
import dev.serverbackup.audit.Entry;
import dev.serverbackup.audit.EntryStatus;
import dev.serverbackup.audit.FollowUpRepository;
import dev.serverbackup.audit.ForwardingFollowUpRepository;
import dev.serverbackup.audit.InMemoryFollowUpRepository;
import dev.serverbackup.audit.PastBackup;
import dev.serverbackup.audit.Row;
import dev.serverbackup.retention.RetentionPolicy;
import dev.serverbackup.retention.RetentionRule;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class FollowUpRetentionTest {
    private final InMemoryApplication app = new InMemoryApplication(policy("1"));

    @Test
    void after_a_success_a_pass_deletes_what_is_surplus_and_says_so() {
        app.success(ALPHA);
        Entry newest = app.success(ALPHA);

        FollowUpReport report = app.pass();

        assertThat(app.good(ALPHA)).containsExactly(idOf(newest));
        assertThat(report.deleted()).isEqualTo(1);
        assertThat(app.repository.left()).containsKey(InMemoryFollowUpRepository.key(newest));
    }

    @Test
    void a_dry_run_says_what_it_would_delete() {
        InMemoryApplication dry =
                new InMemoryApplication(new RetentionPolicy(RetentionRule.parse("1"), ZoneId.of("UTC"), true));
        dry.success(ALPHA);
        dry.success(ALPHA);

        assertThat(dry.pass().wouldDelete()).isEqualTo(1);
    }

    @Test
    void what_is_to_be_started_comes_before_what_may_be_deleted() {
        app.success(ALPHA);
        Entry newest = app.success(ALPHA);
        app.open(BRAVO);
        int toMeasureAndToStart = 2;
        app.turns(toMeasureAndToStart);

        FollowUpReport report = app.pass();

        assertThat(report.entries()).containsEntry(EntryStatus.STARTED.name(), 1);
        assertThat(app.good(ALPHA)).hasSize(2);
        assertThat(app.repository.read(InMemoryFollowUpRepository.key(newest))).isInstanceOf(Row.OfNotifiedEntry.class);
    }

    @Test
    void what_retention_had_no_turn_for_a_later_pass_deletes_and_tells_nothing_again() {
        app.success(ALPHA);
        Entry newest = app.success(ALPHA);
        int toMeasure = 1;
        app.turns(toMeasure);
        app.pass();
        int told = app.notifications.sent().size();
        app.turns(9);

        app.passLater(Duration.ofMinutes(5));

        assertThat(app.good(ALPHA)).containsExactly(idOf(newest));
        assertThat(app.repository.left()).containsKey(InMemoryFollowUpRepository.key(newest));
        assertThat(app.notifications.sent()).hasSize(told);
    }

    @Test
    void nothing_is_deleted_before_the_success_has_been_notified() {
        app.success(ALPHA);
        Entry newest = app.success(ALPHA);
        app.notifications.refuse(_ -> true);

        app.pass();

        assertThat(app.deletions.requested()).isEmpty();
        assertThat(app.repository.left()).doesNotContainKey(InMemoryFollowUpRepository.key(newest));
    }

    @Test
    void a_history_that_cannot_be_written_holds_no_row_up_but_is_reported() {
        app.success(ALPHA);
        Entry newest = app.success(ALPHA);
        FollowUpRepository unavailable = new ForwardingFollowUpRepository(app.repository) {
            @Override
            public boolean intendDeletion(PastBackup backup, Instant at, String rules) {
                throw new AuditUnavailableException("no table", new IllegalStateException());
            }
        };

        assertThatThrownBy(() -> app.pass(unavailable, QUARTER)).isInstanceOf(AuditUnavailableException.class);

        assertThat(app.good(ALPHA)).hasSize(2);
        assertThat(app.repository.left()).containsKey(InMemoryFollowUpRepository.key(newest));
    }
}
