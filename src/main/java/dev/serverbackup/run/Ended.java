package dev.serverbackup.run;

import dev.serverbackup.audit.Entry;
import dev.serverbackup.audit.OpenRows;
import dev.serverbackup.audit.Run;
import dev.serverbackup.notice.Notice;
import java.time.Instant;

/** An open row that has come to its end, and of which word is due. */
sealed interface Ended {
    Notice notice();

    /** Word was sent: the row may go. */
    void letGo(OpenRows open, Instant at);

    record OfEntry(Entry entry) implements Ended {
        @Override
        public Notice notice() {
            return Announcement.of(entry);
        }

        @Override
        public void letGo(OpenRows open, Instant at) {
            open.noticed(entry, at);
        }
    }

    record OfRun(Run run) implements Ended {
        @Override
        public Notice notice() {
            return Announcement.of(run);
        }

        @Override
        public void letGo(OpenRows open, Instant at) {
            open.noticed(run, at);
        }
    }
}
