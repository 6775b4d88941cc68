package dev.serverbackup.local.opsworkscm.account;

import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What happens by itself: works end, and windows begin. Nothing runs in the background; each look at the account
 * first lets everything happen that was due by then, one thing after the other, each at its own time.
 */
final class Timeline {

    /** Something that is due, and what it does. */
    record Happening(Instant at, Runnable effect) {}

    private final AccountState holdings;
    private final Completions ends;
    private final Windows windows;
    private boolean windowsKept;

    Timeline(AccountState holdings, Transitions works) {
        this.holdings = holdings;
        this.ends = new Completions(holdings, works);
        this.windows = new Windows(holdings, works);
    }

    void keepWindows() {
        windowsKept = true;
    }

    /** Lets happen what is due by {@code target}. */
    void runTo(Instant target) {
        for (var next = next(target); next.isPresent(); next = next(target)) {
            holdings.reach(next.get().at());
            next.get().effect().run();
        }
        holdings.reach(target);
    }

    /** At one instant, ends come before beginnings. */
    private Optional<Happening> next(Instant target) {
        var due = windowsKept ? Stream.concat(ends.all(), windows.all()) : ends.all();
        return due.filter(happening -> !happening.at().isAfter(target)).min(Comparator.comparing(Happening::at));
    }
}
