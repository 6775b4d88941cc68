package dev.serverbackup.simulation;

import dev.serverbackup.audit.Entry;
import dev.serverbackup.audit.EntryStatus;
import dev.serverbackup.audit.InMemoryFollowUpRepository;
import dev.serverbackup.audit.OpenRow;
import dev.serverbackup.audit.PastBackup;
import dev.serverbackup.audit.Run;
import dev.serverbackup.request.ServerName;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/** The table's indexes {@code open} and {@code by-server}: they follow the rows, late. */
final class Indexes {
    private final InstantSource clock;
    private final Index<OpenRow, Instant> open = new Index<>();
    private final Index<RunTarget, PastBackup> good = new Index<>();

    /** What an index shows: each row as it stood some time ago, each in its own time. */
    private final class Index<K, V> {
        private final Map<K, TreeMap<Long, Optional<V>>> rows = new LinkedHashMap<>();

        /** @param shown of the row from now on; empty if it is not in the index any more */
        void put(K key, Optional<V> shown) {
            rows.computeIfAbsent(key, _ -> new TreeMap<>()).put(clock.millis(), shown);
        }

        /** @param lag is asked for each row how far behind it is */
        Map<K, V> seen(LongSupplier lag) {
            Map<K, V> seen = new LinkedHashMap<>();
            rows.forEach((key, versions) -> {
                var version = versions.floorEntry(clock.millis() - lag.getAsLong());
                if (version != null) {
                    version.getValue().ifPresent(shown -> seen.put(key, shown));
                }
            });
            return seen;
        }
    }

    Indexes(InstantSource clock) {
        this.clock = clock;
    }

    void follow(Run run) {
        due(InMemoryFollowUpRepository.key(run), run.requestedAt());
    }

    void follow(Entry entry) {
        due(InMemoryFollowUpRepository.key(entry), entry.nextActionAt());
        if (entry.status() == EntryStatus.SUCCEEDED) {
            follow(PastBackup.of(entry), true);
        }
    }

    /** @param undeleted whether its deletion is not recorded */
    void follow(PastBackup backup, boolean undeleted) {
        RunTarget key = new RunTarget(backup.runId(), backup.serverName());
        good.put(key, Optional.of(backup).filter(_ -> undeleted));
    }

    void due(OpenRow row, Instant at) {
        open.put(row, Optional.of(at));
    }

    void left(OpenRow row) {
        open.put(row, Optional.empty());
    }

    /** Oldest first. */
    List<Map.Entry<OpenRow, Instant>> open(LongSupplier lag) {
        return open.seen(lag).entrySet().stream()
                .sorted(Map.Entry.<OpenRow, Instant>comparingByValue()
                        .thenComparing(Map.Entry.comparingByKey(
                                Comparator.comparing(OpenRow::runId).thenComparing(OpenRow::entry))))
                .toList();
    }

    /** When somebody may act on the next row. */
    Optional<Instant> nextDue() {
        return open(() -> 0).stream()
                .map(Map.Entry::getValue)
                .filter(at -> at.isAfter(Instant.EPOCH))
                .findFirst();
    }

    List<PastBackup> undeleted(ServerName server, LongSupplier lag) {
        return good.seen(lag).values().stream()
                .filter(backup -> backup.serverName().equals(server))
                .toList();
    }
}
