package dev.serverbackup.cli.audit;

import dev.serverbackup.audit.EntryStatus;
import dev.serverbackup.cli.Table.Column;
import dev.serverbackup.cli.report.Outcome;
import java.util.Arrays;
import java.util.List;

/** An entry and its run: a row of the report's CSV. */
record ReportedEntry(Item run, Item entry) {
    /** The columns in their order. A cell is empty if the entry has no such attribute. */
    static final List<Column<ReportedEntry>> COLUMNS = List.of(
            of("RUN", "runId"),
            of("SERVER", "serverName"),
            of("NAME", "tags", "Name"),
            of("STATUS", "status"),
            of("REQUESTED", "requestedAt"),
            of("STARTED", "startedAt"),
            of("FINISHED", "finishedAt"),
            of("ATTEMPTS", "attempts"),
            of("BACKUP", "backup", "BackupId"),
            of("ARTEFACT", "backup", "Artefact"),
            of("SIZE", "backup", "Size"),
            of("SHA256", "backup", "Sha256"),
            of("COMMAND", "backup", "CommandId"),
            of("ERROR TYPE", "error", "type"),
            of("ERROR MESSAGE", "error", "message"),
            of("ERROR HTTP STATUS", "error", "httpStatus"),
            of("ERROR REQUEST ID", "error", "requestId"),
            of("EFFECT UNKNOWN", "error", "effectUnknown"),
            of("VERIFIED", "verifiedAt"),
            of("VERIFICATION", "verification"),
            of("DELETING", "deletingAt"),
            of("DELETED", "deletedAt"),
            of("NOT KEPT BY", "notKeptBy"),
            of("DELETE ERROR TYPE", "deleteError", "type"),
            of("DELETE ERROR MESSAGE", "deleteError", "message"),
            of("NOTIFIED", "notifiedAt"),
            of("BACKEND", "backend"),
            of("ARN", "serverArn"),
            ofRun("SOURCE", "source"),
            ofRun("DETAIL TYPE", "detailType"),
            ofRun("EVENT ID", "eventId"),
            new Column<>("REQUEST", line -> line.run().shown("request")));

    /** The outcome that the calendar shows. */
    Outcome outcome() {
        return Arrays.stream(EntryStatus.values())
                .filter(status -> status.name().equals(entry.shown("status")))
                .findFirst()
                .map(this::outcome)
                .orElse(Outcome.OPEN);
    }

    private Outcome outcome(EntryStatus status) {
        return switch (status) {
            case SUCCEEDED -> entry.has("deletedAt") ? Outcome.DELETED : Outcome.SUCCEEDED;
            case FAILED -> entry.shown("error", "effectUnknown").equals("true") ? Outcome.UNKNOWN : Outcome.FAILED;
            case PENDING, CALLING, STARTED -> Outcome.OPEN;
        };
    }

    private static Column<ReportedEntry> of(String heading, String attribute) {
        return new Column<>(heading, line -> line.entry().shown(attribute));
    }

    private static Column<ReportedEntry> of(String heading, String attribute, String member) {
        return new Column<>(heading, line -> line.entry().shown(attribute, member));
    }

    private static Column<ReportedEntry> ofRun(String heading, String member) {
        return new Column<>(heading, line -> line.run().shown("requestedBy", member));
    }
}
