package dev.serverbackup.cli.audit;

import dev.serverbackup.cli.Connection;
import dev.serverbackup.cli.Findings;
import dev.serverbackup.cli.Findings.Fact;
import dev.serverbackup.cli.ResultCommand;
import dev.serverbackup.cli.Table;
import dev.serverbackup.request.RequestedBy;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Shows who requested a run. */
@Command(
        name = "who",
        description = "Who requested a run, according to its event; only CloudTrail has the caller's identity.",
        footerHeading = "%nExample:%n",
        footer = "  server-backup who release-4711 --stack server-backup")
public final class WhoCommand extends ResultCommand {
    private static final Duration AROUND = Duration.ofMinutes(15);

    @Parameters(paramLabel = "RUN", description = "The run's id.")
    private String run;

    @Override
    protected Findings answer(AuditReader audit, Connection deployment) {
        Optional<Item> row = audit.run(ShowRunCommand.id(run));
        if (row.isEmpty()) {
            String none = "There is no run %s (%s).".formatted(run, deployment);
            return new Findings(List.of(), Table.NONE, List.of(none), Map.of(), true);
        }
        Item asked = row.get();
        String source = asked.shown("requestedBy", "source");
        List<Fact> facts = new ArrayList<>(List.of(
                new Fact("run", asked.shown("runId")),
                new Fact("requested", asked.shown("requestedAt")),
                new Fact("source", source),
                new Fact("detail-type", asked.shown("requestedBy", "detailType")),
                new Fact("event id", asked.shown("requestedBy", "eventId")),
                new Fact("request", asked.shown("request"))));
        Map<String, Object> json = new LinkedHashMap<>();
        facts.forEach(fact -> json.put(fact.label().replace(' ', '_'), fact.value()));
        return new Findings(facts, Table.NONE, notes(asked, source), json, false);
    }

    private static List<String> notes(Item asked, String source) {
        if (source.equals("aws.events")) {
            return List.of(
                    "A rule's schedule requested it. CloudTrail shows who created or changed the rule (PutRule).");
        }
        if (source.equals(RequestedBy.CATCH_UP.source())) {
            return List.of(
                    "The follow-up wrote this run: the schedule's event for its slot was not received in time.",
                    asked.isMissed()
                            ? "Its slot was not caught up: no server was backed up. server-backup explain MISSED says"
                                    + " more."
                            : "It caught the slot up, with the same request as the event.");
        }
        List<String> notes = new ArrayList<>();
        notes.add("The caller sets the source of an event; it is not verified.");
        if (source.equals("aws.scheduler")) {
            notes.add("The event is the input of a schedule of EventBridge Scheduler; CloudTrail shows who created the"
                    + " schedule (CreateSchedule).");
        }
        Instant at = asked.instant("requestedAt").orElse(Instant.EPOCH).truncatedTo(ChronoUnit.SECONDS);
        notes.add(("Only CloudTrail has the caller's identity, if data events are on: PutEvents, or Invoke of the"
                        + " function, from %s to %s.")
                .formatted(at.minus(AROUND), at.plus(AROUND)));
        return notes;
    }
}
