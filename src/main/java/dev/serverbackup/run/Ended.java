package dev.serverbackup.run;

import dev.serverbackup.audit.Entry;
import dev.serverbackup.audit.Run;
import dev.serverbackup.notice.Notice;

/** An open row that has come to its end, and of which word is due. */
sealed interface Ended {
    Notice notice();

    /** Whether its notice has been sent already, and only what comes after it is due. */
    boolean isNoticed();

    record OfEntry(Entry entry, boolean isNoticed) implements Ended {
        @Override
        public Notice notice() {
            return Announcement.of(entry);
        }
    }

    record OfRun(Run run) implements Ended {
        @Override
        public Notice notice() {
            return Announcement.of(run);
        }

        @Override
        public boolean isNoticed() {
            return false;
        }
    }
}
