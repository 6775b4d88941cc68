package dev.serverbackup.local.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serverbackup.ManualClock;
import dev.serverbackup.local.Clients;
import dev.serverbackup.local.LocalCloud;
import dev.serverbackup.local.fleet.FleetFile;
import java.math.BigDecimal;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;

/** The page over HTTP, and the faults that it is told; in a browser it is watched by {@code .ci/page.py}. */
class LivePageIT {
    private static final String FLEET = """
        {"servers": [{"name": "alpha"}],
         "instances": [{"id": "i-0123456789abcdef0", "tags": {"Backup": "nightly"}}]}\
        """;
    private static final String HTML = "</script><b title=\"x\">";

    private final ManualClock clock = new ManualClock(Instant.parse("2026-11-20T03:00:00Z"));
    private final LocalCloud cloud = LocalCloud.start(FleetFile.parse(FLEET).unthrottled(), clock);
    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void stop() {
        http.close();
        cloud.close();
    }

    @Test
    void a_browser_gets_a_document_that_needs_nothing_from_elsewhere() {
        var page = send(HttpRequest.newBuilder(cloud.aws().endpoint()).build());

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
        assertThat(page.body()).startsWith("<!doctype html>").doesNotContain("http://", "https://");
    }

    @Test
    void the_state_beside_it_has_servers_backups_and_the_last_calls_and_looking_is_no_call() throws Exception {
        try (var client = Clients.opsWorksCm(cloud.aws().endpoint())) {
            client.createBackup(request -> request.serverName("alpha").description("<b>"));
        }
        cloud.aws().throttle().allow(1, 1);

        get("/state.json");
        var state = get("/state.json");

        assertThat(state.at("/servers/0/status").textValue()).isEqualTo("BACKING_UP");
        assertThat(state.at("/backups/0/status").textValue()).isEqualTo("IN_PROGRESS");
        assertThat(state.at("/backups/0/description").textValue()).isEqualTo("<b>");
        assertThat(state.get("backupCount").intValue()).isEqualTo(1);
        assertThat(state.get("calls").findValuesAsText("operation")).containsExactly("CreateBackup");
        assertThat(state.at("/calls/0/answer").textValue()).isEqualTo("OK");
    }

    @Test
    void a_run_and_its_entries_are_shown_whatever_they_say() throws Exception {
        run("a/b+c", "2026-11-19", "PARTIALLY_FAILED");
        entry("a/b+c", "2026-11-19", "alpha", "SUCCEEDED");
        entry("a/b+c", "2026-11-19", "beta", "FAILED");
        run("today", "2026-11-20", "RUNNING");
        run("long ago", "2026-10-16", "SUCCEEDED");

        var runs = get("/runs.json").get("runs");
        var opened = get("/run.json?id=a%2Fb%2Bc");

        assertThat(runs.findValuesAsText("id")).containsExactly("today", "a/b+c");
        assertThat(runs.at("/1/status").textValue()).isEqualTo("PARTIALLY_FAILED");
        assertThat(runs.at("/1/targets").textValue()).isEqualTo("2");
        assertThat(runs.at("/1/counts/FAILED").textValue()).isEqualTo("1");
        assertThat(opened.at("/run/id").textValue()).isEqualTo("a/b+c");
        assertThat(opened.get("entries").findValuesAsText("server")).containsExactly("alpha", "beta");
        assertThat(opened.at("/entries/1/backupId").textValue()).isEqualTo("beta-1");
        assertThat(opened.at("/entries/1/message").textValue()).isEqualTo(HTML);
        assertThat(text("/run.json?id=a%2Fb%2Bc")).contains("<b title=\\\"x\\\">");
    }

    @Test
    void a_server_has_a_night_for_each_of_35_days_by_its_worst_outcome() throws Exception {
        entry("first", "2026-11-19", "alpha", "SUCCEEDED");
        entry("second", "2026-11-19", "alpha", "FAILED");
        entry("third", "2026-11-20", "alpha", "SUCCEEDED");
        entry("fourth", "2026-11-20", "alpha", "STARTED");
        entry("early", "2026-10-17", "alpha", "SUCCEEDED");

        var days = get("/server.json?name=alpha").get("days");

        assertThat(days).hasSize(35);
        assertThat(days.at("/0/day").textValue()).isEqualTo("2026-10-17");
        assertThat(days.at("/0/worst").textValue()).isEqualTo("SUCCEEDED");
        assertThat(days.at("/32/worst").textValue()).isEmpty();
        assertThat(days.at("/33/worst").textValue()).isEqualTo("FAILED");
        assertThat(days.at("/34/worst").textValue()).isEqualTo("STARTED");
    }

    @Test
    void a_slot_that_was_missed_and_one_that_was_caught_up_are_shown() throws Exception {
        run("missed", "2026-11-19", "MISSED");
        var caughtUp = row("caught up", "run", "2026-11-20", "RUNNING");
        caughtUp.put("dayKey", AttributeValue.fromS("runs#2026-11-20"));
        caughtUp.put(
                "requestedBy", AttributeValue.fromM(Map.of("source", AttributeValue.fromS("server-backup.catch-up"))));
        put(caughtUp);

        var runs = get("/runs.json").get("runs");
        var days = get("/server.json?name=alpha").get("days");

        assertThat(runs.findValuesAsText("status")).containsExactly("RUNNING", "MISSED");
        assertThat(runs.findValuesAsText("caughtUp")).containsExactly("true", "false");
        assertThat(days.at("/33/missed").booleanValue()).isTrue();
        assertThat(days.at("/33/caughtUp").booleanValue()).isFalse();
        assertThat(days.at("/34/missed").booleanValue()).isFalse();
        assertThat(days.at("/34/caughtUp").booleanValue()).isTrue();
    }

    @Test
    void the_schedule_fires_by_the_clouds_clock_and_a_slot_whose_event_never_comes_is_caught_up() {
        try (var _ = cloud.runFunctions(Map.of(), BigDecimal.ONE, Optional.of(LocalTime.of(4, 0)), told -> {
            throw new AssertionError(told);
        })) {
            clock.move(Duration.ofHours(1));
            awaitRun("server-backup-schedule@2026-11-20T04:00:00Z", "false");

            assertThat(post("/schedule", "{\"next\":\"never\"}", "application/json")
                            .statusCode())
                    .isEqualTo(200);
            clock.move(Duration.ofDays(1).plusMinutes(40));
            awaitRun("server-backup-schedule@2026-11-21T04:00:00Z", "true");
        }
    }

    private void awaitRun(String id, String caughtUp) {
        assertTimeoutPreemptively(Duration.ofMinutes(1), () -> {
            JsonNode run = get("/runs.json").at("/runs/0");
            while (!run.path("id").asText().equals(id)) {
                run = get("/runs.json").at("/runs/0");
            }
            assertThat(run.path("caughtUp").asText()).isEqualTo(caughtUp);
        });
    }

    @Test
    void rows_that_have_expired_are_not_shown() throws Exception {
        var row = row("gone", "run", "2026-11-20", "SUCCEEDED");
        row.put("dayKey", AttributeValue.fromS("runs#2026-11-20"));
        row.put("expiresAt", AttributeValue.fromN("1700000000"));
        put(row);

        assertThat(get("/runs.json").get("runs")).isEmpty();
        assertThat(get("/run.json?id=gone").has("run")).isFalse();
    }

    @Test
    void instances_and_what_came_to_the_bus_are_shown() throws Exception {
        try (var client = Clients.eventBridge(cloud.aws().endpoint())) {
            var event = PutEventsRequestEntry.builder()
                    .source("a")
                    .detailType("Server Backup Finished")
                    .detail("{\"notificationId\":\"r/alpha\",\"status\":\"SUCCEEDED\"}")
                    .build();
            client.putEvents(request -> request.entries(event));
        }

        var instance = get("/instances.json").at("/instances/0");
        var notification = get("/notifications.json").at("/notifications/0");

        assertThat(instance.at("/standing").textValue()).isEqualTo("ONLINE");
        assertThat(instance.at("/tags/Backup").textValue()).isEqualTo("nightly");
        assertThat(notification.at("/id").textValue()).isEqualTo("r/alpha");
        assertThat(notification.at("/status").textValue()).isEqualTo("SUCCEEDED");
    }

    @Test
    void a_fault_that_is_posted_loses_the_next_answer_once_and_others_stay_until_they_are_cleared() throws Exception {
        var told = post(
                "/faults",
                "{\"operation\":\"CreateBackup\",\"server\":\"alpha\",\"kind\":\"lost answer\",\"calls\":1}",
                "application/json");
        assertThat(told.statusCode()).isEqualTo(200);
        post("/faults", "{\"operation\":\"SendCommand\",\"kind\":\"refused\",\"calls\":3}", "application/json");
        assertThat(get("/faults.json").get("rules").findValuesAsText("kind"))
                .containsExactly("lost answer", "refused: AccessDeniedException");
        assertThat(cloud.aws().calls().all()).as("looking is no call").isEmpty();

        try (var client = Clients.opsWorksCm(cloud.aws().endpoint())) {
            assertThatThrownBy(() -> client.createBackup(request -> request.serverName("alpha")))
                    .isInstanceOf(SdkClientException.class);
        }

        assertThat(cloud.aws().backups("alpha")).hasSize(1);
        assertThat(get("/faults.json").get("rules")).hasSize(1);
        post("/faults/clear", "{}", "application/json");
        assertThat(get("/faults.json").get("rules")).isEmpty();
    }

    @Test
    void what_is_no_fault_or_may_come_from_another_site_adds_none() throws Exception {
        var well = "{\"operation\":\"CreateBackup\",\"kind\":\"slow\",\"calls\":1}";

        assertThat(post("/faults", "{", "application/json").statusCode()).isEqualTo(400);
        assertThat(post("/faults", "", "application/json").statusCode()).isEqualTo(400);
        assertThat(post("/faults", well.replace("slow", "odd"), "application/json")
                        .statusCode())
                .isEqualTo(400);
        assertThat(post("/faults", well.replace("Create", "Cre"), "application/json")
                        .statusCode())
                .isEqualTo(400);
        assertThat(post("/faults", well.replace("1", "0"), "application/json").statusCode())
                .isEqualTo(400);
        assertThat(post("/faults", well, "text/plain").statusCode()).isNotEqualTo(200);

        assertThat(get("/faults.json").get("rules")).isEmpty();
    }

    private void run(String id, String day, String status) {
        var row = row(id, "run", day, status);
        row.put("dayKey", AttributeValue.fromS("runs#" + day));
        row.put("targetCount", AttributeValue.fromN("2"));
        row.put("counts", AttributeValue.fromM(Map.of("FAILED", AttributeValue.fromN("1"))));
        put(row);
    }

    private void entry(String run, String day, String server, String status) {
        var row = row(run, "server#" + server, day, status);
        row.put("serverName", AttributeValue.fromS(server));
        row.put("attempts", AttributeValue.fromN("1"));
        row.put("backup", AttributeValue.fromM(Map.of("BackupId", AttributeValue.fromS(server + "-1"))));
        row.put("error", AttributeValue.fromM(Map.of("message", AttributeValue.fromS(HTML))));
        put(row);
    }

    private static Map<String, AttributeValue> row(String run, String entry, String day, String status) {
        return new HashMap<>(Map.of(
                "runId", AttributeValue.fromS(run),
                "entry", AttributeValue.fromS(entry),
                "requestedAt", AttributeValue.fromS(day + "T02:00:00.000Z"),
                "status", AttributeValue.fromS(status)));
    }

    private void put(Map<String, AttributeValue> row) {
        cloud.dynamoDb()
                .client()
                .putItem(request ->
                        request.tableName(cloud.dynamoDb().tableName()).item(row));
    }

    private JsonNode get(String path) throws Exception {
        return new ObjectMapper().readTree(text(path));
    }

    private String text(String path) {
        return send(HttpRequest.newBuilder(cloud.aws().endpoint().resolve(path)).build())
                .body();
    }

    private HttpResponse<String> post(String path, String body, String type) {
        return send(HttpRequest.newBuilder(cloud.aws().endpoint().resolve(path))
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    private HttpResponse<String> send(HttpRequest request) {
        return http.sendAsync(request, HttpResponse.BodyHandlers.ofString()).join();
    }
}
