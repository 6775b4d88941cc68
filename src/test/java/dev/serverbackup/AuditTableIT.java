package dev.serverbackup;

import static dev.serverbackup.LocalApplication.tagged;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.local.http.CallPattern;
import dev.serverbackup.local.http.Fault;
import dev.serverbackup.local.opsworkscm.account.ServerStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What a run leaves in the table is what docs/audit-table.md says, and the indexes find it. */
class AuditTableIT {
    private static final Path DOCUMENT = Path.of("docs", "audit-table.md");
    private static final Pattern NAME = Pattern.compile("`(\\w+)`");

    private static final Set<String> EVERY_ENTRY = Set.of(
            "runId",
            "entry",
            "backend",
            "serverName",
            "serverArn",
            "tags",
            "status",
            "attempts",
            "requestedAt",
            "open",
            "nextActionAt");

    /** What an entry that was attempted has besides. */
    private static final Map<String, Set<String>> BY_SERVER = Map.ofEntries(
            entry("accepted", Set.of("attemptId", "backup", "startedAt")),
            entry("busy", Set.of("attemptId", "error")),
            entry("doubtful", Set.of("attemptId", "leaseUntil", "error")),
            entry("gone", Set.of("attemptId", "error", "finishedAt", "dayKey")));

    @AutoClose
    private final LocalApplication app = LocalApplication.over(
            tagged("accepted").tagged("Team", "platform"),
            tagged("busy").in(ServerStatus.UNDER_MAINTENANCE),
            tagged("doubtful"),
            tagged("gone").gone());

    @Test
    void what_a_run_leaves_is_what_the_document_says() throws IOException {
        app.cloud.aws().faults().next(1, CallPattern.of("CreateBackup").to("doubtful"), new Fault.LoseRequest());
        app.run("nightly");
        Map<String, AttributeValue> run = app.item("nightly", "run");
        Map<String, AttributeValue> accepted = app.item("nightly", "server#accepted");

        BY_SERVER.forEach((server, besides) -> assertThat(app.item("nightly", "server#" + server))
                .as(server)
                .containsOnlyKeys(union(EVERY_ENTRY, besides)));
        assertThat(union(documented("## An entry"), Set.of("runId", "entry")))
                .isEqualTo(BY_SERVER.values().stream().reduce(EVERY_ENTRY, AuditTableIT::union));
        assertThat(union(documented("## A run's row"), Set.of("runId", "entry")))
                .isEqualTo(run.keySet());
        assertThat(run)
                .containsEntry("request", AttributeValue.fromS("{\"selector\":{\"tags\":{\"Backup\":[]}}}"))
                .containsEntry("requestedBy", strings("source", "test", "detailType", "Server Backup Requested"))
                .containsEntry("targetCount", AttributeValue.fromN("4"));
        assertThat(run.get("targets").m().keySet()).isEqualTo(BY_SERVER.keySet());
        assertThat(accepted).containsEntry("tags", strings("Backup", "nightly", "Team", "platform"));
        assertThat(accepted.get("backup").m())
                .as("kept whole, under the API's names")
                .containsEntry("ServerName", AttributeValue.fromS("accepted"))
                .containsEntry("BackupType", AttributeValue.fromS("MANUAL"))
                .containsEntry("Description", AttributeValue.fromS(" [run nightly]"))
                .containsEntry("Status", AttributeValue.fromS("IN_PROGRESS"))
                .containsKeys("BackupId", "BackupArn", "Engine", "InstanceType", "SecurityGroupIds", "CreatedAt");
    }

    /** The names in the first column of a section's table. */
    private static Set<String> documented(String heading) throws IOException {
        return Files.readString(DOCUMENT)
                .transform(text -> text.substring(text.indexOf(heading) + heading.length()))
                .transform(text -> text.substring(0, text.indexOf("\n#")))
                .lines()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.split("\\|", -1)[1])
                .flatMap(cell -> NAME.matcher(cell).results().map(match -> match.group(1)))
                .collect(Collectors.toSet());
    }

    private static Set<String> union(Collection<String> one, Collection<String> other) {
        Set<String> all = new TreeSet<>(one);
        all.addAll(other);
        return all;
    }

    private static AttributeValue strings(String key, String value, String otherKey, String otherValue) {
        return AttributeValue.fromM(
                Map.of(key, AttributeValue.fromS(value), otherKey, AttributeValue.fromS(otherValue)));
    }
}
