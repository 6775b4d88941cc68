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
 * What the handler answers, as JSON with these names.
 *
 * @param status a {@link RunStatus}, or {@code DRY_RUN}
 * @param plan stands for exactly these targets; a request that names it finds them, or is refused
 * @param targets how many there are; the counts add up to it
 * @param counts by entry status, or {@code DRY_RUN}; a status that none has is not in it
 * @param excludedCount how many servers a tag excludes, the hold among them
 * @param excluded the first 100 of them
 * @param skippedCount how many found resources can't be targets
 * @param skipped the first 100 of them
 * @param nearMisses the first 100 servers of which a tag is probably mistyped; of a dry run alone, else null
 * @param servers a line per target, at most 200
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

    /** 200 of them leave the whole report far below the 1 MB that Lambda hands on to a destination. */
    private static final int LONGEST_MESSAGE = 500;

    /** A server that is not a target, or one that is and perhaps should not be; and why. */
    public record Excluded(String name, String reason) {}

    /** A resource that can't be a target, and why. */
    public record Skipped(String resource, String reason) {}

    /**
     * One target.
     *
     * @param serverTitle what its owner calls it, its {@code Name} tag; null where it has none
     * @param backupId null until one is started; Lambda's serialiser leaves out what is null
     * @param errorType null, like the message, where nothing went wrong
     * @param errorMessage its first 500 characters; the audit table has it whole
     */
    public record Line(
            String serverName,
            String serverTitle,
            String status,
            String backupId,
            String errorType,
            String errorMessage) {
        /** Half a surrogate pair has no UTF-8 form and would cost the answer: a question mark stands for it. */
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

    /** A run that has its final status keeps it, whatever entries of it have expired. */
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
