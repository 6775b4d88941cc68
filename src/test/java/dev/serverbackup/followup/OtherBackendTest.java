package dev.serverbackup.followup;

import static dev.serverbackup.Samples.*;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.audit.Entry;
import dev.serverbackup.audit.Run;
import dev.serverbackup.backup.BackupBackend;
import dev.serverbackup.run.LogCapture;
import java.time.Duration;
import org.apache.logging.log4j.Level;
import org.junit.jupiter.api.Test;

/** Rows of a backend that this stack had before: what they speak of, this backend knows nothing of. */
class OtherBackendTest {
    private static final Run FOREIGN = like(run(ALPHA), BackupBackend.SYSTEMS_MANAGER, TWO_O_CLOCK);

    private final FollowUpHall hall = new FollowUpHall();

    private static Entry foreignPending() {
        return Entry.pending(NIGHTLY, BackupBackend.SYSTEMS_MANAGER, ALPHA, TWO_O_CLOCK);
    }

    @Test
    void a_pass_leaves_them_alone_and_counts_them() {
        hall.audit.open(FOREIGN);
        hall.audit.create(foreignPending());

        FollowUpReport report;
        try (LogCapture log = new LogCapture(OpenRowProcessor.class)) {
            report = hall.passLater(Duration.ofDays(3));
            assertThat(log.values(Level.ERROR, "status")).containsExactly("OTHER_BACKEND", "OTHER_BACKEND");
        }

        assertThat(report.otherBackend()).isEqualTo(2);
        assertThat(report.entries()).isEmpty();
        assertThat(report.failed()).isZero();
        assertThat(hall.entry(ALPHA)).isEqualTo(foreignPending());
        assertThat(hall.audit.run(NIGHTLY)).contains(FOREIGN);
        assertThat(hall.backups.sent()).isEmpty();
        assertThat(hall.notifications.sent()).isEmpty();
    }

    @Test
    void what_was_started_is_left_alone_too_when_its_server_is_told_of() {
        Entry started =
                foreignPending().claimed(FIRST, TWO_O_CLOCK.plusSeconds(120)).started(backup(ALPHA), TWO_O_CLOCK);
        hall.audit.create(foreignPending());
        hall.audit.replace(foreignPending(), foreignPending().claimed(FIRST, TWO_O_CLOCK.plusSeconds(120)));
        hall.audit.replace(foreignPending().claimed(FIRST, TWO_O_CLOCK.plusSeconds(120)), started);

        assertThat(hall.passOver(ALPHA).otherBackend()).isEqualTo(1);
        assertThat(hall.entry(ALPHA)).isEqualTo(started);
    }
}
