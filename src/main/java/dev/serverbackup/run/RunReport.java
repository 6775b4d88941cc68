package dev.serverbackup.run;

import dev.serverbackup.audit.Entry;
import dev.serverbackup.audit.EntryStatus;
import dev.serverbackup.audit.Run;
import dev.serverbackup.audit.RunStatus;
import dev.serverbackup.backup.Backup;
import dev.serverbackup.fleet.Server;
import dev.serverbackup.fleet.Targets;
import dev.serverbackup.fleet.Targets.Omission;
import dev.serverbackup.request.RunId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What the handler answers, as JSON with these names.
 *
 * @param status a {@link RunStatus}, or {@code DRY_RUN}
 * @param targets how many there are; the counts add up to it
 * @param counts by entry status, or {@code DRY_RUN}; a status that none has is not in it
 * @param leftOut how many servers a tag excluded, by reason
 * @param ignored how many found things can't be targets, by reason
 * @param servers a line per target, at most 200
 * @param truncated whether there are more targets than lines; the audit table has them all
 */
public record RunReport(
        String runId,
        String status,
        int targets,
        Map<String, Integer> counts,
        Map<String, Integer> leftOut,
        Map<String, Integer> ignored,
        List<Line> servers,
        boolean truncated) {
    static final String DRY_RUN = "DRY_RUN";
    private static final int MOST_LINES = 200;

    /**
     * One target.
     *
     * @param serverTitle what its owner calls it, its {@code Name} tag; null where it has none
     * @param backupId null until one is started; what is null is left out of the answer
     * @param errorType null, like the message, where nothing went wrong
     */
    public record Line(
            String serverName,
            String serverTitle,
            String status,
            String backupId,
            String errorType,
            String errorMessage) {
        private static Line of(Entry entry) {
            return new Line(
                    entry.serverName().value(),
                    entry.server().title().orElse(null),
                    entry.status().name(),
                    entry.backup().map(Backup::id).orElse(null),
                    entry.error().map(error -> error.type().name()).orElse(null),
                    entry.error().map(error -> error.message()).orElse(null));
        }
    }

    static RunReport of(Run run, List<Entry> entries) {
        Map<String, Integer> counts = new TreeMap<>();
        count(entries).forEach((status, count) -> counts.put(status.name(), count));
        return new RunReport(
                run.runId().value(),
                RunStatus.of(entries.stream().map(Entry::status).toList()).name(),
                entries.size(),
                counts,
                run.leftOut(),
                run.ignored(),
                entries.stream().limit(MOST_LINES).map(Line::of).toList(),
                entries.size() > MOST_LINES);
    }

    static RunReport dryRun(RunId runId, Targets targets) {
        List<Line> lines = new ArrayList<>();
        for (Server server : targets.servers()) {
            lines.add(new Line(server.name().value(), server.title().orElse(null), DRY_RUN, null, null, null));
        }
        return new RunReport(
                runId.value(),
                DRY_RUN,
                lines.size(),
                lines.isEmpty() ? Map.of() : Map.of(DRY_RUN, lines.size()),
                byReason(targets.leftOut()),
                byReason(targets.ignored()),
                lines.stream().limit(MOST_LINES).toList(),
                lines.size() > MOST_LINES);
    }

    static TreeMap<EntryStatus, Integer> count(List<Entry> entries) {
        TreeMap<EntryStatus, Integer> counts = new TreeMap<>();
        entries.forEach(entry -> counts.merge(entry.status(), 1, Integer::sum));
        return counts;
    }

    static TreeMap<String, Integer> byReason(List<Omission> omissions) {
        return omissions.stream().collect(Collectors.toMap(Omission::reason, _ -> 1, Integer::sum, TreeMap::new));
    }
}
