package dev.serverbackup.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** What happened, line by line, if anybody wants to know; a run without a reader pays nothing for it. */
final class Trace {
    private final boolean wanted;
    private final List<String> lines = new ArrayList<>();

    Trace(boolean wanted) {
        this.wanted = wanted;
    }

    void add(long millis, String who, Supplier<String> what) {
        if (wanted) {
            Duration since = Duration.ofMillis(millis);
            lines.add("%3dd %02d:%02d:%02d.%03d  %-11s %s"
                    .formatted(
                            since.toDays(),
                            since.toHoursPart(),
                            since.toMinutesPart(),
                            since.toSecondsPart(),
                            since.toMillisPart(),
                            who,
                            what.get()));
        }
    }

    @Override
    public String toString() {
        return String.join("\n", lines);
    }
}
