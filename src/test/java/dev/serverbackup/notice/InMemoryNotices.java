package dev.serverbackup.notice;

import dev.serverbackup.notice.NoticesContract.Arrived;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Notices that go nowhere. */
public final class InMemoryNotices implements Notices {
    private final InstantSource clock;
    private final List<Notice> sent = new ArrayList<>();
    private Predicate<Arrived> refused = _ -> false;
    private int sendings;

    public InMemoryNotices(InstantSource clock) {
        this.clock = clock;
    }

    /** What was accepted, in its order. */
    public synchronized List<Notice> sent() {
        return List.copyOf(sent);
    }

    /** How often anybody tried to send anything. */
    public synchronized int sendings() {
        return sendings;
    }

    public synchronized void refuse(Predicate<Arrived> chosen) {
        refused = chosen;
    }

    @Override
    public synchronized Set<String> send(List<Notice> notices, Instant sendBefore) {
        sendings++;
        Set<String> accepted = new HashSet<>();
        for (Notice notice : notices) {
            if (clock.instant().isBefore(sendBefore) && !refused.test(Arrived.of(notice))) {
                sent.add(notice);
                accepted.add(notice.id());
            }
        }
        return accepted;
    }
}
