package dev.serverbackup;

import static dev.serverbackup.LocalApplication.tagged;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serverbackup.local.http.CallPattern;
import dev.serverbackup.local.http.Fault;
import dev.serverbackup.local.opsworkscm.account.ServerStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What a run leaves in the table is what docs/audit-table.md says, and the indexes find it. */
class AuditTableIT {
    private static final Path DOCUMENT = Path.of("docs", "audit-table.md");
    private static final Pattern NAME = Pattern.compile("`(\\w+)`");

    private static final List<String> SERVERS = List.of("accepted", "busy", "doubtful", "gone");

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

        assertThat(SERVERS.stream()
                        .flatMap(server -> app.item("nightly", "server#" + server).keySet().stream())
                        .collect(Collectors.toSet()))
                .isEqualTo(documented("## An entry"));
        assertThat(run.keySet()).isEqualTo(documented("## A run's row"));
        assertThat(run)
                .containsEntry("request", AttributeValue.fromS("{\"selector\":{\"tags\":{\"Backup\":[]}}}"))
                .containsEntry("requestedBy", strings("source", "test", "detailType", "Server Backup Requested"))
                .containsEntry("targetCount", AttributeValue.fromN("4"));
        assertThat(run.get("targets").m()).containsOnlyKeys(SERVERS);
        assertThat(accepted).containsEntry("tags", strings("Backup", "nightly", "Team", "platform"));
        assertThat(accepted.get("backup").m())
                .as("kept whole, under the API's names")
                .containsEntry("ServerName", AttributeValue.fromS("accepted"))
                .containsEntry("BackupType", AttributeValue.fromS("MANUAL"))
                .containsEntry("Description", AttributeValue.fromS(" [run nightly]"))
                .containsEntry("Status", AttributeValue.fromS("IN_PROGRESS"))
                .containsKeys("BackupId", "BackupArn", "Engine", "InstanceType", "SecurityGroupIds", "CreatedAt");
    }

    /** The keys, and the names in the first column of a section's table. */
    private static Set<String> documented(String heading) throws IOException {
        Stream<String> names = Files.readString(DOCUMENT)
                .transform(text -> text.substring(text.indexOf(heading) + heading.length()))
                .transform(text -> text.substring(0, text.indexOf("\n#")))
                .lines()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.split("\\|", -1)[1])
                .flatMap(cell -> NAME.matcher(cell).results().map(match -> match.group(1)));
        return Stream.concat(Stream.of("runId", "entry"), names).collect(Collectors.toSet());
    }

    private static AttributeValue strings(String key, String value, String otherKey, String otherValue) {
        return AttributeValue.fromM(
                Map.of(key, AttributeValue.fromS(value), otherKey, AttributeValue.fromS(otherValue)));
    }
}
