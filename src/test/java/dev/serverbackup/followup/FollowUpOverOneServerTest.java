package dev.serverbackup.followup;

import static dev.serverbackup.Samples.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.audit.Entry;
import dev.serverbackup.audit.EntryStatus;
import dev.serverbackup.audit.OpenRow;
import dev.serverbackup.notification.Notification;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A pass that somebody starts who says that a backup has ended; nothing of it is due yet. */
class FollowUpOverOneServerTest {
    private static final FollowUpReport NOTHING = new FollowUpReport(0, Map.of(), 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, true);

    private final FollowUpHall hall = new FollowUpHall();

    private void bothAreStarted() {
        hall.open(ALPHA, BRAVO);
        hall.pass();
    }

    @Test
    void what_has_ended_is_told_and_leaves_before_it_is_due() {
        bothAreStarted();
        assertThat(hall.passOver(ALPHA).entries()).isEqualTo(Map.of("STARTED", 1));
        hall.backups.servers().finish(ALPHA.name());
        hall.backups.servers().finish(BRAVO.name());

        FollowUpReport report = hall.passOver(ALPHA);

        assertThat(report).isEqualTo(new FollowUpReport(1, Map.of("SUCCEEDED", 1), 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, true));
        assertThat(hall.notifications.sent()).extracting(Notification::id).containsExactly("nightly/alpha");
        assertThat(hall.repository.left()).containsOnlyKeys(new OpenRow("nightly", "server#alpha"));
        assertThat(hall.entry(BRAVO).status()).isEqualTo(EntryStatus.STARTED);
        assertThat(hall.passOver(ALPHA)).as("when it is told again").isEqualTo(NOTHING);
        assertThat(hall.notifications.sent()).hasSize(1);
        hall.passLater(Duration.ofMinutes(5));
        hall.passLater(Duration.ofMinutes(5));
        assertThat(hall.notifications.sent())
                .extracting(Notification::id)
                .containsExactlyInAnyOrder("nightly/alpha", "nightly/bravo", "nightly");
    }

    @Test
    void a_claim_of_another_worker_and_what_is_to_be_tried_again_keep_their_time() {
        Entry again = claimed(BRAVO).givenBack(Optional.of(BUSY), TWO_O_CLOCK);
        hall.open(ALPHA, BRAVO);
        hall.audit.replace(pending(ALPHA), claimed(ALPHA));
        hall.audit.replace(pending(BRAVO), claimed(BRAVO));
        hall.audit.replace(claimed(BRAVO), again);

        assertThat(hall.passOver(ALPHA)).isEqualTo(NOTHING);
        assertThat(hall.passOver(BRAVO)).isEqualTo(NOTHING);
        assertThat(hall.entry(ALPHA)).isEqualTo(claimed(ALPHA));
        assertThat(hall.entry(BRAVO)).isEqualTo(again);
    }

    @Test
    void without_time_for_a_call_nothing_is_looked_at_and_the_pass_says_so() {
        bothAreStarted();
        hall.backups.servers().finish(ALPHA.name());

        assertThat(hall.passOver(ALPHA, Duration.ofSeconds(10)).complete()).isFalse();
        assertThat(hall.entry(ALPHA).status()).isEqualTo(EntryStatus.STARTED);
    }
}
