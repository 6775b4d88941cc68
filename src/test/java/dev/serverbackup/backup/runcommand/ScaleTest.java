package dev.serverbackup.backup.runcommand;

import static dev.serverbackup.Samples.TWO_O_CLOCK;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serverbackup.ManualClock;
import dev.serverbackup.backup.BackupResult;
import dev.serverbackup.backup.aws.StubHttp;
import dev.serverbackup.request.ServerName;
import dev.serverbackup.server.Server;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A large fleet at 200 ms an answer, on a clock that moves with each of them. */
class ScaleTest {
    private static final int FLEET = 4_000;
    private static final int PAGE = 50;
    private static final Duration ANSWER = Duration.ofMillis(200);
    private static final Duration INVOCATION = Duration.ofMinutes(15);

    private final ManualClock clock = new ManualClock(TWO_O_CLOCK);
    private final StubHttp http = StubbedAdapter.online(new StubHttp());

    private final SystemsManagerBackupService service = StubbedAdapter.service(http, clock);

    private static String id(int instance) {
        return "i-%017x".formatted(instance);
    }

    private static Server server(int instance, Map<String, String> tags) {
        String arn = "arn:aws:ec2:eu-west-1:123456789012:instance/" + id(instance);
        return new Server(new ServerName(id(instance)), Optional.of(arn), tags);
    }

    private static List<Server> fleet(Map<String, String> tags) {
        return IntStream.range(0, FLEET).mapToObj(i -> server(i, tags)).toList();
    }

    /** Answers by pages of so many, each after 200 ms. */
    private String page(JsonNode asked, String list, int all, IntFunction<String> form) {
        clock.move(ANSWER);
        int from = Integer.parseInt(asked.path("NextToken").asText("0"));
        String page =
                IntStream.range(from, Math.min(from + PAGE, all)).mapToObj(form).collect(Collectors.joining(","));
        return from + PAGE < all
                ? "{\"%s\":[%s],\"NextToken\":\"%d\"}".formatted(list, page, from + PAGE)
                : "{\"%s\":[%s]}".formatted(list, page);
    }

    @BeforeEach
    void all_are_online() {
        http.usually(
                "DescribeInstanceInformation",
                asked -> page(
                        asked,
                        "InstanceInformationList",
                        FLEET,
                        i -> "{\"InstanceId\":\"%s\",\"PingStatus\":\"Online\"}".formatted(id(i))));
    }

    private BackupResult create(Server server) {
        return service.createBackup(server, StubbedAdapter.OURS, clock.instant().plusSeconds(60));
    }

    private BooleanSupplier whileTheInvocationLasts() {
        Instant end = clock.instant().plus(INVOCATION);
        return () -> clock.instant().isBefore(end);
    }

    @Test
    void four_thousand_servers_are_read_once_and_then_each_takes_one_call() {
        List<Server> servers = fleet(Map.of("Backup", "nightly"));

        service.prepare(servers, whileTheInvocationLasts());
        Duration reading = Duration.between(TWO_O_CLOCK, clock.instant());
        servers.subList(FLEET - 100, FLEET)
                .forEach(server -> assertThat(create(server)).isInstanceOf(BackupResult.Started.class));

        assertThat(reading).isLessThanOrEqualTo(Duration.ofSeconds(17));
        assertThat(http.transmitted("DescribeInstanceInformation")).isEqualTo(FLEET / PAGE);
        assertThat(http.transmitted("ListCommands")).isOne();
        assertThat(http.transmitted()).hasSize(FLEET / PAGE + 1 + 100);
    }

    /** A pass takes its rows a hundred at a time. */
    @Test
    void what_is_prepared_bit_by_bit_is_read_once() {
        List<Server> servers = fleet(Map.of("Backup", "nightly"));

        for (int from = 0; from < FLEET; from += 100) {
            service.prepare(servers.subList(from, from + 100), whileTheInvocationLasts());
        }

        assertThat(http.transmitted()).hasSize(FLEET / PAGE + 1);
        assertThat(create(servers.getLast())).isInstanceOf(BackupResult.Started.class);
    }

    @Test
    void the_tags_of_entries_that_have_none_take_a_call_for_a_hundred() {
        service.prepare(fleet(Map.of()), whileTheInvocationLasts());

        assertThat(http.transmitted("GetResources")).isEqualTo(FLEET / 100);
    }

    /** Instances of one page by their ids, up to five of them with a call each for what they are busy with. */
    @ParameterizedTest
    @CsvSource({"1, true, 1", "5, true, 5", "6, true, 1", "50, true, 1", "51, false, 1"})
    void what_is_few_is_asked_for_by_its_ids(int few, boolean byIds, int listsOfCommands) {
        service.prepare(fleet(Map.of("Backup", "nightly")).subList(0, few), whileTheInvocationLasts());

        assertThat(http.last("DescribeInstanceInformation").has("Filters")).isEqualTo(byIds);
        assertThat(http.transmitted("ListCommands")).isEqualTo(listsOfCommands);
        assertThat(http.last("ListCommands").path("Filters"))
                .describedAs("a server may have thousands that have ended")
                .hasToString("[{\"key\":\"ExecutionStage\",\"value\":\"Executing\"}]");
    }

    @Test
    void a_busy_server_among_four_thousand_is_found() {
        String busy = StubbedAdapter.command(id(7) + "-20260301020001500", "InProgress");
        http.usually("ListCommands", StubbedAdapter.commands(busy));
        List<Server> servers = fleet(Map.of("Backup", "nightly"));

        service.prepare(servers, whileTheInvocationLasts());

        assertThat(create(servers.get(7))).isInstanceOf(BackupResult.Refused.class);
        assertThat(create(servers.get(8))).isInstanceOf(BackupResult.Started.class);
    }

    @Test
    void what_can_not_be_read_in_time_leaves_the_servers_for_another_run() {
        List<Server> servers = fleet(Map.of("Backup", "nightly"));
        Instant end = clock.instant().plusSeconds(10);

        service.prepare(servers, () -> clock.instant().isBefore(end));

        assertThat(create(servers.getFirst()))
                .isInstanceOfSatisfying(
                        BackupResult.Refused.class,
                        refused ->
                                assertThat(refused.error().type().isRetryable()).isTrue());
        assertThat(http.transmitted()).doesNotContain("SendCommand");
    }
}
