package dev.serverbackup.run;

import dev.serverbackup.audit.Entry;
import dev.serverbackup.audit.EntryStatus;
import dev.serverbackup.audit.Run;
import dev.serverbackup.audit.RunStatus;
import dev.serverbackup.backup.Backup;
import dev.serverbackup.request.RunId;
import dev.serverbackup.server.Excerpt;
import dev.serverbackup.server.ExcludedServer;
import dev.serverbackup.server.Preview;
import dev.serverbackup.server.Server;
import dev.serverbackup.server.SkippedResource;
import dev.serverbackup.server.Targets;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The handler's response, as JSON with these names.
 *
 * @param status a {@link RunStatus}, or {@code DRY_RUN}
 * @param plan the plan of exactly these targets; a request with it backs up just these, or is refused
 * @param targets the number of targets; the counts add up to it
 * @param counts the number of targets by entry status, or {@code DRY_RUN}; without zeros
 * @param excludedCount how many servers a tag excludes, the hold tag included
 * @param excluded the first 100 of them
 * @param skippedCount how many found resources can't be targets
 * @param skipped the first 100 of them
 * @param nearMisses the first 100 servers with a tag that is probably mistyped; only for a dry run, otherwise null
 * @param servers one line for each target, at most 200
 * @param truncated whether there are more targets than lines; the audit table has them all
 */
public record RunReport(
        String runId,
        String status,
        String plan,
        int targets,
        Map<String, Integer> counts,
        int excludedCount,
        List<Excluded> excluded,
        int skippedCount,
        List<Skipped> skipped,
        List<Excluded> nearMisses,
        List<Line> servers,
        boolean truncated) {
    static final String DRY_RUN = "DRY_RUN";
    private static final int MOST_LINES = 200;

    /** With 200 of them the report is far below the 1 MB that Lambda passes to a destination. */
    private static final int LONGEST_MESSAGE = 500;

    /** A server that is not a target, or a target that perhaps should not be one; and why. */
    public record Excluded(String name, String reason) {}

    /** A resource that can't be a target, and why. */
    public record Skipped(String resource, String reason) {}

    /**
     * One target.
     *
     * @param serverTitle its {@code Name} tag; null if it has none
     * @param backupId null until one is started; Lambda's serialiser omits nulls
     * @param errorType null, like the message, if there is no error
     * @param errorMessage the first 500 characters; the audit table has the whole message
     */
    public record Line(
            String serverName,
            String serverTitle,
            String status,
            String backupId,
            String errorType,
            String errorMessage) {
        /** Half a surrogate pair can't be encoded in UTF-8, and the response would fail: it becomes a question mark. */
        public Line {
            serverTitle = encodable(serverTitle);
            errorMessage = encodable(errorMessage);
        }

        private static String encodable(String text) {
            return text == null ? null : new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        }

        private static Line of(Entry entry) {
            return new Line(
                    entry.serverName().value(),
                    entry.server().title().orElse(null),
                    entry.status().name(),
                    entry.backup().map(Backup::id).orElse(null),
                    entry.error().map(error -> error.type().name()).orElse(null),
                    entry.error().map(error -> shortened(error.message())).orElse(null));
        }

        private static String shortened(String message) {
            if (message.length() <= LONGEST_MESSAGE) {
                return message;
            }
            int end = LONGEST_MESSAGE - 1;
            return message.substring(0, Character.isHighSurrogate(message.charAt(end - 1)) ? end - 1 : end) + "…";
        }
    }

    static RunReport of(Run run, List<Entry> entries) {
        Map<String, Integer> counts = new TreeMap<>();
        Run standing = standing(run, entries);
        standing.counts().forEach((status, count) -> counts.put(status.name(), count));
        return new RunReport(
                run.runId().value(),
                standing.status().name(),
                run.plan().value(),
                run.targets().size(),
                counts,
                run.excluded().count(),
                named(run.excluded()),
                run.skipped().count(),
                resources(run.skipped()),
                null,
                entries.stream().limit(MOST_LINES).map(Line::of).toList(),
                run.targets().size() > MOST_LINES);
    }

    /** A run with its final status keeps it, even if entries have expired. */
    private static Run standing(Run run, List<Entry> entries) {
        return run.status() == RunStatus.RUNNING
                ? run.standing(RunStatus.of(entries.stream().map(Entry::status).toList()), count(entries))
                : run;
    }

    static RunReport dryRun(RunId runId, Preview preview) {
        Targets targets = preview.targets();
        List<Line> lines = new ArrayList<>();
        for (Server server : targets.servers()) {
            lines.add(new Line(server.name().value(), server.title().orElse(null), DRY_RUN, null, null, null));
        }
        return new RunReport(
                runId.value(),
                DRY_RUN,
                targets.plan().value(),
                lines.size(),
                lines.isEmpty() ? Map.of() : Map.of(DRY_RUN, lines.size()),
                targets.excluded().size(),
                named(Excerpt.of(targets.excluded())),
                targets.skipped().size(),
                resources(Excerpt.of(targets.skipped())),
                Excerpt.of(preview.nearMisses()).first().stream()
                        .map(near -> new Excluded(near.name().value(), near.reason()))
                        .toList(),
                lines.stream().limit(MOST_LINES).toList(),
                lines.size() > MOST_LINES);
    }

    static TreeMap<EntryStatus, Integer> count(List<Entry> entries) {
        TreeMap<EntryStatus, Integer> counts = new TreeMap<>();
        entries.forEach(entry -> counts.merge(entry.status(), 1, Integer::sum));
        return counts;
    }

    private static List<Excluded> named(Excerpt<ExcludedServer> excluded) {
        return excluded.first().stream()
                .map(server -> new Excluded(server.name().value(), server.reason()))
                .toList();
    }

    private static List<Skipped> resources(Excerpt<SkippedResource> skipped) {
        return skipped.first().stream()
                .map(resource -> new Skipped(resource.resource(), resource.reason()))
                .toList();
    }
}
