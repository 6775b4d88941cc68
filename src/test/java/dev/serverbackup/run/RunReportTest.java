package dev.serverbackup.run;

import static dev.serverbackup.Samples.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.amazonaws.services.lambda.runtime.serialization.factories.JacksonFactory;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serverbackup.DocumentPage;
import dev.serverbackup.Samples;
import dev.serverbackup.audit.Entry;
import dev.serverbackup.audit.Run;
import dev.serverbackup.audit.RunStatus;
import dev.serverbackup.audit.Target;
import dev.serverbackup.backup.Backup;
import dev.serverbackup.backup.BackupBackend;
import dev.serverbackup.backup.BackupError;
import dev.serverbackup.backup.ErrorType;
import dev.serverbackup.followup.FollowUpReport;
import dev.serverbackup.request.BackupRequest;
import dev.serverbackup.request.RunId;
import dev.serverbackup.request.ServerName;
import dev.serverbackup.server.Excerpt;
import dev.serverbackup.server.ExcludedServer;
import dev.serverbackup.server.NearMiss;
import dev.serverbackup.server.Preview;
import dev.serverbackup.server.Server;
import dev.serverbackup.server.SkippedResource;
import dev.serverbackup.server.Targets;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Reports as Lambda's own serialiser writes them; docs/report.md has samples. */
class RunReportTest {
    private static final DocumentPage PAGE = DocumentPage.read("docs/report.md");

    private static List<Server> servers(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> server("web-%03d".formatted(i)))
                .toList();
    }

    private static Preview preview(Server... servers) {
        return new Preview(new Targets(List.of(servers), List.of(), List.of()), List.of());
    }

    private static Server instance(String id, Map<String, String> tags) {
        return new Server(
                new ServerName(id), Optional.of("arn:aws:ec2:eu-central-1:123456789012:instance/" + id), tags);
    }

    private static Run documentedRun(List<Server> servers) {
        BackupRequest request = request(new RunId("release-4711"));
        return new Run(
                request.runId(),
                request.hash(),
                request.canonicalRequest(),
                request.description(),
                request.requestedBy(),
                BackupBackend.SYSTEMS_MANAGER,
                request.selector().json(),
                servers.stream()
                        .map(server -> new Target(server.name(), server.arn()))
                        .toList(),
                Excerpt.of(List.of(
                        new ExcludedServer(new ServerName("i-0a1b2c3d4e5f60004"), "excluded by tag BackupHold"))),
                Excerpt.of(List.<SkippedResource>of()),
                RunStatus.RUNNING,
                new TreeMap<>(),
                TWO_O_CLOCK);
    }

    private static <T> JsonNode answered(T report, Class<T> type) throws IOException {
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        JacksonFactory.getInstance().getSerializer(type).toJson(report, json);
        return new ObjectMapper().readTree(json.toByteArray());
    }

    @Test
    void of_a_run_it_is_as_documented() throws IOException {
        Server chef = instance("i-0a1b2c3d4e5f60001", Map.of("Name", "chef-automate-prod"));
        Server puppet = instance("i-0a1b2c3d4e5f60002", Map.of("Name", "puppet-prod"));
        Server terminated = instance("i-0a1b2c3d4e5f60003", Map.of());
        BackupError busy = BackupError.known(
                ErrorType.INVALID_STATE,
                "the server is BACKING_UP: command 5c8a1f6e-2b7d-4e0a-9c35-7d1f60a2b4c8 of"
                        + " i-0a1b2c3d4e5f60002-20261122010004418 has not ended");
        BackupError gone = BackupError.known(
                ErrorType.RESOURCE_NOT_FOUND,
                "instance i-0a1b2c3d4e5f60003 does not exist any more: its EC2 state is terminated");
        Backup backup = Backup.of(Map.of(Backup.ID, "i-0a1b2c3d4e5f60001-20261122020001342"));

        RunReport report = RunReport.of(
                documentedRun(List.of(chef, puppet, terminated)),
                List.of(
                        claimed(chef).started(backup, TWO_O_CLOCK),
                        claimed(puppet).givenBack(Optional.of(busy), TWO_O_CLOCK),
                        claimed(terminated).failed(gone, TWO_O_CLOCK)));

        assertThat(answered(report, RunReport.class)).isEqualTo(PAGE.json().getFirst());
    }

    @Test
    void of_the_follow_up_it_is_as_documented() throws IOException {
        FollowUpReport report =
                new FollowUpReport(5, Map.of("STARTED", 1, "SUCCEEDED", 2), 2, 0, 0, 0, 3, 0, 1, 0, 1, 1, true);

        assertThat(answered(report, FollowUpReport.class)).isEqualTo(PAGE.json().getLast());
    }

    @Test
    void a_server_is_reported_with_what_its_owner_calls_it() {
        Server instance = new Server(
                new ServerName("i-0123456789abcdef0"), Optional.empty(), Map.of("Name", "wiki", "Backup", "nightly"));
        Server blank = new Server(new ServerName("i-01234567"), Optional.empty(), Map.of("Name", " "));

        assertThat(RunReport.of(run(NIGHTLY, List.of(instance)), List.of(pending(instance)))
                        .servers())
                .extracting(RunReport.Line::serverTitle)
                .containsExactly("wiki");
        assertThat(RunReport.dryRun(NIGHTLY, preview(instance, blank)).servers())
                .extracting(RunReport.Line::serverTitle)
                .containsExactlyInAnyOrder("wiki", null);
    }

    @Test
    void it_names_a_hundred_and_counts_all() {
        List<ExcludedServer> held = IntStream.range(0, 101)
                .mapToObj(i -> new ExcludedServer(new ServerName("web-" + i), "excluded by tag BackupHold"))
                .toList();
        List<SkippedResource> others = IntStream.range(0, 250)
                .mapToObj(i -> new SkippedResource("arn:" + i, "not a server"))
                .toList();

        RunReport report = RunReport.dryRun(NIGHTLY, new Preview(new Targets(List.of(), held, others), List.of()));

        assertThat(report.excludedCount()).isEqualTo(101);
        assertThat(report.excluded()).hasSize(100);
        assertThat(report.skippedCount()).isEqualTo(250);
        assertThat(report.skipped()).hasSize(100);
    }

    static Stream<Arguments> messages() {
        String face = "\uD83D\uDE00";
        return Stream.of(
                arguments("x".repeat(500), "x".repeat(500)),
                arguments("x".repeat(501), "x".repeat(499) + "…"),
                arguments("x".repeat(498) + face + "and more", "x".repeat(498) + "…"));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void a_message_beyond_500_characters_is_cut_between_two_and_ends_with_an_ellipsis(String message, String told) {
        Entry failed = pending(ALPHA).failed(BackupError.known(ErrorType.BACKUP_FAILED, message), TWO_O_CLOCK);

        assertThat(RunReport.of(run(ALPHA), List.of(failed))
                        .servers()
                        .getFirst()
                        .errorMessage())
                .isEqualTo(told);
    }

    @ParameterizedTest
    @CsvSource({"200, false", "201, true"})
    void the_first_two_hundred_targets_have_a_line_and_all_are_counted(int targets, boolean truncated) {
        List<Server> servers = servers(targets);
        RunReport report = RunReport.of(
                run(NIGHTLY, servers), servers.stream().map(Samples::pending).toList());
        RunReport dryRun = RunReport.dryRun(NIGHTLY, preview(servers.toArray(Server[]::new)));

        assertThat(report.counts()).isEqualTo(Map.of("PENDING", targets));
        assertThat(List.of(report, dryRun)).allSatisfy(either -> {
            assertThat(either.targets()).isEqualTo(targets);
            assertThat(either.servers()).hasSize(200);
            assertThat(either.truncated()).isEqualTo(truncated);
        });
    }

    @Test
    void a_dry_run_lists_what_would_be_backed_up_and_names_near_misses() {
        NearMiss near = new NearMiss(BRAVO.name(), "has the tag backup");
        Preview preview = new Preview(new Targets(List.of(ALPHA), List.of(), List.of()), List.of(near));
        RunReport report = RunReport.dryRun(NIGHTLY, preview);

        assertThat(report.status()).isEqualTo("DRY_RUN");
        assertThat(report.servers()).containsExactly(new RunReport.Line("alpha", null, "DRY_RUN", null, null, null));
        assertThat(report.counts()).isEqualTo(Map.of("DRY_RUN", 1));
        assertThat(report.nearMisses()).containsExactly(new RunReport.Excluded("bravo", "has the tag backup"));
    }

    @Test
    void half_a_surrogate_pair_does_not_cost_the_answer() throws Exception {
        Server odd = new Server(ALPHA.name(), ALPHA.arn(), Map.of("Name", "half \uD83D"));

        assertThat(answered(RunReport.of(run(odd), List.of(pending(odd))), RunReport.class)
                        .at("/servers/0/serverTitle")
                        .textValue())
                .isEqualTo("half ?");
    }
}
