package dev.serverbackup.notice;

import java.time.InstantSource;
import java.util.List;
import java.util.function.Predicate;

class InMemoryNoticesTest extends NoticesContract {
    private final InMemoryNotices notices = new InMemoryNotices(InstantSource.fixed(NOW));

    @Override
    protected Notices notices() {
        return notices;
    }

    @Override
    protected List<Arrived> arrived() {
        return notices.sent().stream().map(Arrived::of).toList();
    }

    @Override
    protected void refuse(Predicate<Arrived> chosen) {
        notices.refuse(chosen);
    }

    @Override
    protected void goDown() {
        notices.refuse(_ -> true);
    }

    @Override
    protected void accept() {
        notices.refuse(_ -> false);
    }
}
