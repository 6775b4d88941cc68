package dev.serverbackup.run;

import static dev.serverbackup.Samples.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.amazonaws.services.lambda.runtime.serialization.factories.JacksonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serverbackup.Samples;
import dev.serverbackup.audit.Entry;
import dev.serverbackup.backup.BackupError;
import dev.serverbackup.backup.ErrorType;
import dev.serverbackup.request.ServerName;
import dev.serverbackup.server.ExcludedServer;
import dev.serverbackup.server.NearMiss;
import dev.serverbackup.server.Preview;
import dev.serverbackup.server.Server;
import dev.serverbackup.server.SkippedResource;
import dev.serverbackup.server.Targets;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RunReportTest {
    private static final Entry FAILED = pending(BRAVO).failed(BUSY, TWO_O_CLOCK);

    private static List<Server> servers(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> server("web-%03d".formatted(i)))
                .toList();
    }

    private static Preview preview(Server... servers) {
        return new Preview(new Targets(List.of(servers), List.of(), List.of()), List.of());
    }

    private static RunReport of(Entry... entries) {
        return RunReport.of(run(ALPHA, BRAVO, CHARLIE), List.of(entries));
    }

    @Test
    void it_says_how_each_target_stands_and_names_what_is_no_target_and_why() {
        RunReport report = of(started(ALPHA), FAILED, pending(CHARLIE));

        assertThat(report.status()).isEqualTo("RUNNING");
        assertThat(report.targets()).isEqualTo(3);
        assertThat(report.counts()).isEqualTo(Map.of("STARTED", 1, "FAILED", 1, "PENDING", 1));
        assertThat(report.servers())
                .containsExactly(
                        new RunReport.Line(
                                "alpha", null, "STARTED", backup(ALPHA).id(), null, null),
                        new RunReport.Line("bravo", null, "FAILED", null, "InvalidStateException", BUSY.message()),
                        new RunReport.Line("charlie", null, "PENDING", null, null, null));
        assertThat(report.excludedCount()).isEqualTo(1);
        assertThat(report.excluded()).containsExactly(new RunReport.Excluded("delta", "excluded by tag BackupHold"));
        assertThat(report.skippedCount()).isEqualTo(1);
        assertThat(report.skipped())
                .containsExactly(new RunReport.Skipped(
                        "arn:aws:ec2:eu-west-1:123456789012:instance/i-0123456789abcdef0", "not a server"));
        assertThat(report.nearMisses()).isNull();
    }

    @Test
    void a_server_is_told_with_what_its_owner_calls_it() {
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

        assertThat(of(failed).servers().getFirst().errorMessage()).isEqualTo(told);
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
    void a_run_without_targets_says_so() {
        RunReport report = RunReport.of(run(), List.of());

        assertThat(report.status()).isEqualTo("NO_TARGETS");
        assertThat(report.counts()).isEmpty();
    }

    @Test
    void half_a_surrogate_pair_does_not_cost_the_answer() throws Exception {
        Server odd = new Server(ALPHA.name(), ALPHA.arn(), Map.of("Name", "half \uD83D"));
        ByteArrayOutputStream json = new ByteArrayOutputStream();

        JacksonFactory.getInstance()
                .getSerializer(RunReport.class)
                .toJson(RunReport.of(run(odd), List.of(pending(odd))), json);

        assertThat(new ObjectMapper()
                        .readTree(json.toByteArray())
                        .at("/servers/0/serverTitle")
                        .textValue())
                .isEqualTo("half ?");
    }
}
